package com.fleetman.identity;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Sessions of one user ended. Fired inside the transaction that ends them: observe it after its success. */
public record SessionsEnded(UUID userId, Set<UUID> sessionIds, Reason reason) {
    public SessionsEnded {
        sessionIds = Set.copyOf(sessionIds);
    }

    /** Why a session ended. */
    public enum Reason {
        LOGGED_OUT,
        PASSWORD_CHANGED,
        DEACTIVATED,
        /** An administrator changed what the account may do. */
        ROLE_CHANGED,
        /** An administrator gave the account another password. */
        PASSWORD_RESET,
        /** An administrator signed the user out. */
        ENDED_BY_ADMIN,
        /** An already used refresh token was presented, so one of its two holders is a thief. */
        REFRESH_REUSED,
        EXPIRED;

        /** The reason as clients and the database see it, in lower case. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
