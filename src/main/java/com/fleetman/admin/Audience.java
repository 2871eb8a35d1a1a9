package com.fleetman.admin;

import com.fleetman.identity.ActiveUsers;
import com.fleetman.identity.UserType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mailing is for: a list of users, or all active accounts (of a role) that there were at its start. The one place
 * that knows the difference.
 */
record Audience(
        Kind kind, @Nullable UserType role, @Nullable List<UUID> users, Instant since) {
    enum Kind {
        LIST,
        ROLE,
        ALL
    }

    int count(ActiveUsers active) {
        return users == null ? active.count(group()) : users.size();
    }

    /** The next recipients in the order of the database, none at the end. */
    List<UUID> after(ActiveUsers active, UUID last, int limit) {
        return users == null ? active.after(group(), last, limit) : active.after(users, last, limit);
    }

    private ActiveUsers.Group group() {
        return new ActiveUsers.Group(role, since);
    }
}
