package com.fleetman.messaging;

import com.fleetman.notification.NewNotification;
import java.util.UUID;

/** What notifications of this feature are about. */
final class Subjects {
    private Subjects() {}

    /** A conversation up to a message, as the notified user names it. */
    static NewNotification.Subject conversation(UUID peer, long number) {
        return new NewNotification.Subject("conversation:" + peer, number);
    }
}
