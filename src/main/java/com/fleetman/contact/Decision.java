package com.fleetman.contact;

import java.util.Locale;

/** What a user can decide about another. */
enum Decision {
    ADDED,
    REMOVED,
    BLOCKED,
    UNBLOCKED,
    ACCEPTED;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
