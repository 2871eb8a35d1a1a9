package com.fleetman.admin;

import com.fleetman.identity.ActiveUsers;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes the order to tell many users something; {@link Mailings} then does it. */
@ApplicationScoped
@Transactional
class SendNotifications {
    private static final String TAKEN =
            "select id, fingerprint from mailing where actor_id = ? and idempotency_key = ?";

    private final DataSource dataSource;
    private final ActiveUsers users;
    private final NotifyUser notifyUser;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    SendNotifications(DataSource dataSource, ActiveUsers users, NotifyUser notifyUser, AuditLog audit, Clock clock) {
        this.dataSource = dataSource;
        this.users = users;
        this.notifyUser = notifyUser;
        this.audit = audit;
        this.clock = clock;
    }

    /** How many would be told. */
    public int count(NotificationOrder.Checked order) {
        notifyUser.requireAcceptable(order.content().notification());
        return audience(order).count(users);
    }

    /** What the audit log keeps: not what was said. */
    private record Sent(
            String type,
            String source,
            String priority,
            String audience,
            @Nullable Object role,
            int recipients) {}

    /**
     * Takes the order, or finds the one that was taken with the same key.
     *
     * @return the id of the mailing
     * @throws Problem 400 {@code validation_failed} if a recipient is unknown or deactivated, or {@code
     *     metadata_too_large}; 422 {@code idempotency_key_reused} if the key belongs to another order
     */
    public UUID order(Administrator by, NotificationOrder.Checked order, @Nullable String idempotencyKey) {
        String fingerprint = IdempotencyKeys.fingerprint(order.recipients(), order.content());
        if (idempotencyKey != null) {
            Optional<UUID> before = IdempotencyKeys.taken(dataSource, TAKEN, by.id(), idempotencyKey, fingerprint);
            if (before.isPresent()) {
                return before.get();
            }
        }
        notifyUser.requireAcceptable(order.content().notification());
        Audience audience = audience(order);
        int recipients = audience.count(users);
        UUID id = Ids.next();
        insert(id, by.id(), idempotencyKey, fingerprint, order, audience, recipients);
        MailingContent content = order.content();
        var sent = new Sent(
                content.type(),
                content.source(),
                content.priority().name(),
                audience.kind().name(),
                audience.role(),
                recipients);
        audit.add(by, "notification.send", "notifications/" + id, null, sent);
        return id;
    }

    private void insert(
            UUID id,
            UUID actor,
            @Nullable String key,
            String fingerprint,
            NotificationOrder.Checked order,
            Audience audience,
            int recipients) {
        Instant now = audience.since();
        Sql.of(
                        """
                        insert into mailing (id, actor_id, idempotency_key, fingerprint, audience, role, user_ids, content,
                                             recipients, created_at, touched_at)
                        values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, ?, ?)""",
                        id,
                        actor,
                        key,
                        fingerprint,
                        audience.kind().name(),
                        audience.role() == null ? null : audience.role().name(),
                        audience.users(),
                        Json.write(order.content()),
                        recipients,
                        now,
                        now)
                .update(dataSource);
    }

    private Audience audience(NotificationOrder.Checked order) {
        NotificationOrder.Asked asked = order.recipients();
        Instant now = clock.instant();
        if (asked.userIds() != null) {
            return listed("recipients.userIds", asked.userIds(), asked.userIds(), now);
        }
        if (asked.emails() != null) {
            List<String> emails =
                    asked.emails().stream().map(ActiveUsers::normalised).toList();
            Map<String, UUID> known = users.byEmail(emails);
            return listed(
                    "recipients.emails", emails, emails.stream().map(known::get).toList(), now);
        }
        return new Audience(asked.role() == null ? Audience.Kind.ALL : Audience.Kind.ROLE, asked.role(), null, now);
    }

    /** @param ids of those that were named, null for somebody unknown */
    private Audience listed(String field, List<?> named, List<@Nullable UUID> ids, Instant now) {
        var fields = new Fields();
        Set<UUID> found = new LinkedHashSet<>();
        ids.stream().filter(id -> id != null).forEach(found::add);
        Map<UUID, Boolean> known = users.known(found);
        for (int i = 0; i < ids.size(); i++) {
            UUID id = ids.get(i);
            Boolean active = id == null ? null : known.get(id);
            if (active == null) {
                fields.reject(field + "." + i, "unknown_user", "there is no user " + named.get(i));
            } else if (!active) {
                fields.reject(field + "." + i, "user_deactivated", named.get(i) + " is deactivated");
            }
        }
        fields.check();
        return new Audience(Audience.Kind.LIST, null, List.copyOf(found), now);
    }
}
