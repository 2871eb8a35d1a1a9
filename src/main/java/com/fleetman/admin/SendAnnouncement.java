package com.fleetman.admin;

import com.fleetman.identity.UserType;
import com.fleetman.notification.Announce;
import com.fleetman.notification.AnnouncementView;
import com.fleetman.notification.FindAnnouncements;
import com.fleetman.notification.NewNotification;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Announces something, with its entry in the book. */
@ApplicationScoped
@Transactional
class SendAnnouncement {
    private static final String TAKEN = """
            select announcement_id as id, fingerprint from announcement_order
            where actor_id = ? and idempotency_key = ?""";

    private final DataSource dataSource;
    private final Announce announce;
    private final FindAnnouncements announcements;
    private final AuditLog audit;

    @Inject
    SendAnnouncement(DataSource dataSource, Announce announce, FindAnnouncements announcements, AuditLog audit) {
        this.dataSource = dataSource;
        this.announce = announce;
        this.announcements = announcements;
        this.audit = audit;
    }

    /** What the audit log keeps: not what was said. */
    private record Sent(String priority, @Nullable String audience) {}

    /**
     * Announces, or finds what was announced with the same key.
     *
     * @param audience the accounts that it is for; null for all
     * @throws com.fleetman.platform.Problem 422 {@code idempotency_key_reused} if the key belongs to another order
     */
    public AnnouncementView send(
            Administrator by, NewNotification told, @Nullable UserType audience, @Nullable String idempotencyKey) {
        String fingerprint = IdempotencyKeys.fingerprint(told, audience == null ? "" : audience);
        if (idempotencyKey != null) {
            Optional<UUID> before = IdempotencyKeys.taken(dataSource, TAKEN, by.id(), idempotencyKey, fingerprint);
            if (before.isPresent()) {
                return announcements.require(before.get());
            }
        }
        AnnouncementView view = announce.announce(told, audience);
        if (idempotencyKey != null) {
            Sql.of("""
                            insert into announcement_order (actor_id, idempotency_key, fingerprint, announcement_id)
                            values (?, ?, ?, ?)""", by.id(), idempotencyKey, fingerprint, view.id()).update(dataSource);
        }
        var sent = new Sent(told.priority().name(), audience == null ? null : audience.name());
        audit.add(by, "announcement.send", "announcements/" + view.id(), null, sent);
        return view;
    }
}
