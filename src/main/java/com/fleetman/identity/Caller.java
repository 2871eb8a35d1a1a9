package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who sends the request: an active user in a live session.
 *
 * @param roles what the account may do now, whatever its token said when it was issued
 * @param expiresAt {@code exp} of the access token of this request
 */
public record Caller(UUID userId, UUID sessionId, Set<String> roles, Instant expiresAt) implements Principal {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /**
     * The caller of a resource method.
     *
     * @throws Problem 401 {@code unauthenticated} if nobody is signed in, as on a method that is open to all
     */
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw Problem.unauthorized("unauthenticated", "sign in first");
    }

    /** The user id, for containers and logs. */
    @Override
    public String getName() {
        return userId.toString();
    }
}
