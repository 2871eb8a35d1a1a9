package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.identity.User;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads machines: those that the caller owns or looks after, for an administrator all. */
@ApplicationScoped
@Transactional
class FindMachines {
    private static final String KIND = "machines";
    private static final int LONGEST = 100;

    private static final String OWNED = "m.ownerId = :caller";
    private static final String LOOKED_AFTER = "m.assignedProviderId = :caller";
    private static final String ANY = "";

    private final EntityManager entities;
    private final Machines machines;
    private final Settings.Limits limits;

    @Inject
    FindMachines(EntityManager entities, Machines machines, Settings settings) {
        this.entities = entities;
        this.machines = machines;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /machines}, as they were sent. */
    record Filter(
            @Nullable String status,
            @Nullable String brand,
            @Nullable String search,
            @Nullable String role,
            @Nullable String ownerId,
            @Nullable String providerId,
            @Nullable String cursor,
            @Nullable String limit) {}

    /** @throws Problem 404 {@code machine_not_found} */
    MachineView get(Caller caller, UUID id) {
        return MachineView.of(machines.read(caller, id).machine());
    }

    /**
     * One page, the newest machine first.
     *
     * @throws Problem 400 {@code validation_failed}, {@code invalid_limit} or {@code invalid_cursor}
     */
    Page<MachineView> list(Caller caller, Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        long before = Cursor.parse(KIND, 1, filter.cursor())
                .map(cursor -> cursor.number(0))
                .orElse(Long.MAX_VALUE);
        var fields = new Fields();
        var values = new LinkedHashMap<String, Object>();
        var text = new StringBuilder("select m from Machine m where m.number < :before");
        values.put("before", before);
        String visible = visible(caller, fields, filter.role());
        if (!visible.equals(ANY)) {
            text.append(" and (").append(visible).append(')');
            values.put("caller", caller.userId());
        }
        String status = filter.status();
        if (status != null) {
            MachineStatus wanted = fields.oneOf("status", status, MachineStatus.class, MachineStatus.ACTIVE);
            with(text, values, "status", wanted == null ? MachineStatus.ACTIVE : wanted);
        }
        fields.optional("brand", filter.brand(), LONGEST)
                .ifPresent(brand -> with(text, values, "brandKey", User.searchKey(brand)));
        fields.optional("search", filter.search(), LONGEST).ifPresent(search -> {
            text.append(" and m.searchKey like :pattern escape '\\'");
            values.put("pattern", containing(User.searchKey(search)));
        });
        MachineFields.id(fields, "ownerId", filter.ownerId()).ifPresent(id -> with(text, values, "ownerId", id));
        MachineFields.id(fields, "providerId", filter.providerId())
                .ifPresent(id -> with(text, values, "assignedProviderId", id));
        fields.check();
        TypedQuery<Machine> query = entities.createQuery(
                        text.append(" order by m.number desc").toString(), Machine.class)
                .setMaxResults(limit + 1);
        values.forEach(query::setParameter);
        List<Machine> rows = query.getResultList();
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), MachineView::of);
    }

    private static String visible(Caller caller, Fields fields, @Nullable String role) {
        String wanted = fields.oneOf("role", role, List.of("owner", "provider"), ANY);
        return switch (wanted) {
            case "owner" -> OWNED;
            case "provider" -> LOOKED_AFTER;
            default -> caller.roles().contains("ADMIN") ? ANY : OWNED + " or " + LOOKED_AFTER;
        };
    }

    private static void with(StringBuilder text, Map<String, Object> values, String field, Object value) {
        text.append(" and m.").append(field).append(" = :").append(field);
        values.put(field, value);
    }

    /** A LIKE pattern for texts with the term in them, taken literally. */
    static String containing(String term) {
        return "%" + term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
