package com.fleetman.notification;

import com.fleetman.platform.Problem;
import com.fleetman.stream.Counts;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Changes the state of a user's notifications. Every change that changes something is an event for all devices. */
@ApplicationScoped
@Transactional
public class Notifications {
    private static final int IDS_PER_EVENT = 500;

    private final EntityManager entities;
    private final UserLog log;
    private final Clock clock;

    @Inject
    Notifications(EntityManager entities, UserLog log, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.clock = clock;
    }

    NotificationView change(UUID userId, UUID id, StateChange change) {
        Inbox inbox = log.lock(userId);
        Notification notification = require(userId, id);
        NotificationView before = notification.view();
        boolean wasUnread = notification.isUnread();
        notification.change(change, clock.instant());
        NotificationView after = notification.view();
        if (!wasUnread && notification.isUnread() && hasLiveTwin(notification)) {
            notification.releaseDedupKey();
        }
        if (!after.equals(before)) {
            inbox.addUnreadNotifications((notification.isUnread() ? 1 : 0) - (wasUnread ? 1 : 0));
            log.append(inbox, NotificationState.of(change, after, inbox.counts()));
        }
        return after;
    }

    /** Whether another one was made with the same key since this one was dealt with. */
    private boolean hasLiveTwin(Notification notification) {
        return notification.dedupKey() != null
                && !entities.createQuery("""
                        select n.id from Notification n where n.userId = :user and n.dedupKey = :key and n.id <> :id
                          and n.readAt is null and n.archivedAt is null""", UUID.class)
                        .setParameter("user", notification.view().userId())
                        .setParameter("key", notification.dedupKey())
                        .setParameter("id", notification.id())
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
    }

    Counts readAll(UUID userId) {
        Inbox inbox = log.lock(userId);
        Instant now = clock.instant();
        int read = entities.createQuery("""
                        update Notification n set n.readAt = :now, n.seenAt = coalesce(n.seenAt, :now)
                        where n.userId = :user and n.readAt is null and n.archivedAt is null""")
                .setParameter("now", now)
                .setParameter("user", userId)
                .executeUpdate();
        if (read > 0) {
            inbox.addUnreadNotifications(-read);
            log.append(inbox, NotificationState.allRead(now, inbox.counts()));
        }
        return inbox.counts();
    }

    void delete(UUID userId, UUID id) {
        Inbox inbox = log.lock(userId);
        Notification notification = require(userId, id);
        entities.remove(notification);
        inbox.addUnreadNotifications(notification.isUnread() ? -1 : 0);
        log.append(inbox, NotificationState.deleted(id, inbox.counts()));
    }

    /** Marks everything about a subject up to a position as read: the user has dealt with it elsewhere. */
    public void readSubject(Inbox inbox, NewNotification.Subject upTo) {
        List<UUID> ids = entities.createQuery("""
                        select n.id from Notification n where n.userId = :user and n.subject = :subject
                          and n.subjectPos <= :position and n.readAt is null and n.archivedAt is null
                        order by n.seq""", UUID.class)
                .setParameter("user", inbox.userId())
                .setParameter("subject", upTo.name())
                .setParameter("position", upTo.position())
                .getResultList();
        Instant now = clock.instant();
        for (int i = 0; i < ids.size(); i += IDS_PER_EVENT) {
            List<UUID> part = ids.subList(i, Math.min(ids.size(), i + IDS_PER_EVENT));
            entities.createQuery("""
                            update Notification n set n.readAt = :now, n.seenAt = coalesce(n.seenAt, :now)
                            where n.id in :ids""")
                    .setParameter("now", now)
                    .setParameter("ids", part)
                    .executeUpdate();
            inbox.addUnreadNotifications(-part.size());
            log.append(inbox, NotificationState.read(List.copyOf(part), now, inbox.counts()));
        }
    }

    /** Somebody else's notification does not exist, as far as this user is concerned. */
    private Notification require(UUID userId, UUID id) {
        return entities.createQuery(
                        "select n from Notification n where n.id = :id and n.userId = :user", Notification.class)
                .setParameter("id", id)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("notification_not_found", "there is no such notification"));
    }
}
