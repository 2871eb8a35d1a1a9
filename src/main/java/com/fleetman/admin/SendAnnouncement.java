package com.fleetman.admin;

import com.fleetman.identity.UserType;
import com.fleetman.notification.Announce;
import com.fleetman.notification.AnnouncementView;
import com.fleetman.notification.NewNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Announces something, with its entry in the book. */
@ApplicationScoped
@Transactional
class SendAnnouncement {
    private final Announce announce;
    private final AuditLog audit;

    @Inject
    SendAnnouncement(Announce announce, AuditLog audit) {
        this.announce = announce;
        this.audit = audit;
    }

    /** What the audit log keeps: not what was said. */
    private record Sent(String priority, @Nullable String audience) {}

    /** @param audience the accounts that it is for; null for all */
    public AnnouncementView send(Administrator by, NewNotification told, @Nullable UserType audience) {
        AnnouncementView view = announce.announce(told, audience);
        var sent = new Sent(told.priority().name(), audience == null ? null : audience.name());
        audit.add(by, "announcement.send", "announcements/" + view.id(), null, sent);
        return view;
    }
}
