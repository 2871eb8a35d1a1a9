package com.fleetman.notification;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Arrears;
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

/** Reads a user's notifications, newest first. */
@ApplicationScoped
@Transactional
class ListNotifications {
    private static final String KIND = "notifications";
    private static final int LONGEST = 100;
    private static final String INBOX = "inbox";

    /** What a state in the query means; everything that is not archived where none is given. */
    private static final Map<String, String> STATES = Map.of(
            INBOX,
            "n.archivedAt is null",
            "unread",
            "n.readAt is null and n.archivedAt is null",
            "read",
            "n.readAt is not null and n.archivedAt is null",
            "unseen",
            "n.seenAt is null and n.archivedAt is null",
            "seen",
            "n.seenAt is not null and n.archivedAt is null",
            "archived",
            "n.archivedAt is not null",
            "all",
            "1 = 1");

    private final EntityManager entities;
    private final Arrears arrears;
    private final Settings.Limits limits;

    @Inject
    ListNotifications(EntityManager entities, Arrears arrears, Settings settings) {
        this.entities = entities;
        this.arrears = arrears;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /notifications}, as they were sent. */
    record Filter(
            @Nullable String state,
            @Nullable String type,
            @Nullable String source,
            @Nullable String priority,
            @Nullable String cursor,
            @Nullable String limit) {}

    Page<NotificationView> list(UUID userId, Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        long before = Cursor.parse(KIND, 1, filter.cursor())
                .map(cursor -> cursor.number(0))
                .orElse(Long.MAX_VALUE);
        var fields = new Fields();
        String state = fields.oneOf("state", filter.state(), STATES.keySet(), INBOX);
        var where = new LinkedHashMap<String, Object>();
        fields.optional("type", filter.type(), LONGEST).ifPresent(type -> where.put("type", type));
        fields.optional("source", filter.source(), LONGEST).ifPresent(source -> where.put("source", source));
        if (filter.priority() != null) {
            Priority priority = fields.oneOf("priority", filter.priority(), Priority.class, Priority.NORMAL);
            where.put("priority", priority == null ? Priority.NORMAL : priority);
        }
        fields.check();
        arrears.settle(userId);
        var text = new StringBuilder("select n from Notification n where n.userId = :user and n.seq < :before and ")
                .append(STATES.get(state));
        where.keySet().forEach(field -> text.append(" and n." + field + " = :" + field));
        TypedQuery<Notification> query = entities.createQuery(
                        text.append(" order by n.seq desc").toString(), Notification.class)
                .setParameter("user", userId)
                .setParameter("before", before)
                .setMaxResults(limit + 1);
        where.forEach(query::setParameter);
        List<Notification> rows = query.getResultList();
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.seq()), Notification::view);
    }
}
