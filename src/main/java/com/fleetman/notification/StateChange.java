package com.fleetman.notification;

import java.util.Locale;

/** What a user can do to a notification; on the wire in lower case. */
enum StateChange {
    SEEN,
    READ,
    UNREAD,
    ARCHIVED;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
