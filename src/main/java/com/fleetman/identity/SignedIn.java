package com.fleetman.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/**
 * What a device gets to act for a user: a new session, or a refreshed one.
 *
 * @param token access token, for {@code Authorization: Bearer}
 * @param refreshToken good for one {@code /auth/refresh}
 * @param expiresAt {@code exp} of the access token
 */
record SignedIn(@JsonIgnore UUID sessionId, String token, String refreshToken, Instant expiresAt, Account user) {

    /** Without the tokens, so that it may be logged. */
    @Override
    public String toString() {
        return "SignedIn[user=" + user.id() + ", session=" + sessionId + "]";
    }
}
