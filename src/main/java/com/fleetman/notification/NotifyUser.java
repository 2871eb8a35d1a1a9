package com.fleetman.notification;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Tells a user something: the one use case through which every feature creates notifications. */
@ApplicationScoped
@Transactional
public class NotifyUser {
    private final EntityManager entities;
    private final UserLog log;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    NotifyUser(EntityManager entities, UserLog log, Settings settings, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /**
     * Creates a notification in the caller's transaction, or in one of its own.
     *
     * @return the new notification, or the live one that has the same {@code dedupKey}
     * @throws Problem 404 {@code user_not_found}, 400 {@code metadata_too_large}
     */
    public NotificationView notify(UUID userId, NewNotification told) {
        return notify(log.lock(userId), told);
    }

    /**
     * Checks what would be told to many before anybody is told.
     *
     * @throws Problem 400 {@code metadata_too_large}
     */
    public void requireAcceptable(NewNotification told) {
        told.metadataJson(limits);
    }

    /** The same for a caller that already holds the user's inbox. */
    public NotificationView notify(Inbox inbox, NewNotification told) {
        String metadata = told.metadataJson(limits);
        return live(inbox, told.dedupKey())
                .orElseGet(() -> create(inbox, told, metadata))
                .view();
    }

    /**
     * Creates a notification, or tells the live one that has the same {@code dedupKey} anew: that gets this metadata and
     * subject, is unseen again and stands first in the list. Unread counts stay as they are then.
     *
     * @throws Problem 400 {@code metadata_too_large}
     */
    public NotificationView renew(Inbox inbox, NewNotification told) {
        String metadata = told.metadataJson(limits);
        Optional<Notification> live = live(inbox, told.dedupKey());
        if (live.isEmpty()) {
            return create(inbox, told, metadata).view();
        }
        live.get().renew(inbox.nextSeq(), told, metadata);
        NotificationView view = live.get().view();
        log.append(inbox, new NotificationUpdated(view, inbox.counts().notifications(), inbox.counts()));
        return view;
    }

    private Optional<Notification> live(Inbox inbox, @org.jspecify.annotations.Nullable String dedupKey) {
        if (dedupKey == null) {
            return Optional.empty();
        }
        return entities.createQuery("""
                        select n from Notification n where n.userId = :user and n.dedupKey = :key
                          and n.readAt is null and n.archivedAt is null order by n.seq desc""", Notification.class)
                .setParameter("user", inbox.userId())
                .setParameter("key", dedupKey)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private Notification create(Inbox inbox, NewNotification told, String metadata) {
        var notification = new Notification(inbox.userId(), inbox.nextSeq(), told, metadata, clock.instant());
        entities.persist(notification);
        inbox.addUnreadNotifications(1);
        log.append(
                inbox,
                new NotificationCreated(notification.view(), inbox.counts().notifications(), inbox.counts()));
        return notification;
    }
}
