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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the history of a machine, what was written last first. */
@ApplicationScoped
@Transactional
class ReadHistory {
    private static final String KIND = "machine-events";

    private final EntityManager entities;
    private final Machines machines;
    private final Users users;
    private final Settings.Limits limits;

    @Inject
    ReadHistory(EntityManager entities, Machines machines, Users users, Settings settings) {
        this.entities = entities;
        this.machines = machines;
        this.users = users;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /machines/{id}/events}, as they were sent. */
    record Filter(
            @Nullable String type,
            @Nullable String systemGenerated,
            @Nullable String cursor,
            @Nullable String limit) {}

    /**
     * @throws Problem 404 {@code machine_not_found}; 400 {@code validation_failed}, {@code invalid_limit} or
     *     {@code invalid_cursor}
     */
    Page<MachineEventView> list(Caller caller, UUID machineId, Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        long before = Cursor.parse(KIND, 1, filter.cursor())
                .map(cursor -> cursor.number(0))
                .orElse(Long.MAX_VALUE);
        var fields = new Fields();
        var where = new LinkedHashMap<String, Object>();
        if (filter.type() != null) {
            MachineEventType type = fields.oneOf("type", filter.type(), MachineEventType.class, null);
            where.put("type", type == null ? MachineEventType.MACHINE_CREATED : type);
        }
        if (filter.systemGenerated() != null) {
            String flag = fields.oneOf("systemGenerated", filter.systemGenerated(), List.of("true", "false"), "true");
            where.put("systemGenerated", flag.equals("true"));
        }
        fields.check();
        machines.read(caller, machineId);
        var text =
                new StringBuilder("select e from MachineEvent e where e.machineId = :machine and e.number < :before");
        where.keySet().forEach(field -> text.append(" and e." + field + " = :" + field));
        TypedQuery<MachineEvent> query = entities.createQuery(
                        text.append(" order by e.number desc").toString(), MachineEvent.class)
                .setParameter("machine", machineId)
                .setParameter("before", before)
                .setMaxResults(limit + 1);
        where.forEach(query::setParameter);
        List<MachineEvent> rows = query.getResultList();
        Map<UUID, PublicProfile> actors = users.profiles(rows.stream()
                .map(MachineEvent::actorId)
                .filter(Objects::nonNull)
                .toList());
        return Page.of(
                rows,
                limit,
                last -> Cursor.of(KIND, last.number()),
                event -> MachineEventView.of(event, name(actors, event.actorId())));
    }

    private static @Nullable String name(Map<UUID, PublicProfile> actors, @Nullable UUID actorId) {
        PublicProfile actor = actorId == null ? null : actors.get(actorId);
        return actor == null ? null : actor.companyName();
    }
}
