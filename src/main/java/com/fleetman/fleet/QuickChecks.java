package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.identity.PublicProfile;
import com.fleetman.identity.Users;
import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the quick checks of a machine. */
@ApplicationScoped
@Transactional
class QuickChecks {
    private static final String KIND = "quick-checks";

    private final EntityManager entities;
    private final Machines machines;
    private final Users users;
    private final Settings.Limits limits;

    @Inject
    QuickChecks(EntityManager entities, Machines machines, Users users, Settings settings) {
        this.entities = entities;
        this.machines = machines;
        this.users = users;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /machines/{id}/quick-checks}, as they were sent. */
    record Filter(
            @Nullable String result,
            @Nullable String cursor,
            @Nullable String limit) {}

    /**
     * The newest first.
     *
     * @throws Problem 404 {@code machine_not_found}
     */
    Page<QuickCheckView> list(Caller caller, UUID machineId, Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        long before = Cursor.parse(KIND, 1, filter.cursor())
                .map(cursor -> cursor.number(0))
                .orElse(Long.MAX_VALUE);
        var fields = new Fields();
        Optional<CheckResult> result = Optional.ofNullable(filter.result())
                .map(code -> Coded.check(fields, "result", code, CheckResult.class));
        fields.check();
        machines.read(caller, machineId);
        TypedQuery<QuickCheck> query = entities.createQuery(
                        "select c from QuickCheck c where c.machineId = :machine and c.number < :before"
                                + (result.isPresent() ? " and c.result = :result" : "") + " order by c.number desc",
                        QuickCheck.class)
                .setParameter("machine", machineId)
                .setParameter("before", before)
                .setMaxResults(limit + 1);
        result.ifPresent(one -> query.setParameter("result", one.code()));
        List<QuickCheck> rows = query.getResultList();
        Map<UUID, PublicProfile> executors =
                users.profiles(rows.stream().map(QuickCheck::executedBy).toList());
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), check -> view(check, executors));
    }

    /** @throws Problem 404 {@code machine_not_found} or {@code quick_check_not_found} */
    QuickCheckView find(Caller caller, UUID machineId, UUID id) {
        machines.read(caller, machineId);
        QuickCheck check = entities.find(QuickCheck.class, id);
        if (check == null || !check.machineId().equals(machineId)) {
            throw Problem.notFound("quick_check_not_found", "the machine has no such quick check");
        }
        return view(check, users.profiles(List.of(check.executedBy())));
    }

    private static QuickCheckView view(QuickCheck check, Map<UUID, PublicProfile> executors) {
        PublicProfile executor = executors.get(check.executedBy());
        if (executor == null) {
            throw new IllegalStateException("row refers to " + check.executedBy() + ", who does not exist");
        }
        return check.view(executor.companyName());
    }
}
