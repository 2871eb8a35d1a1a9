package com.fleetman.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in that is alive.
 *
 * @param expiresAt when it ends if it is not refreshed
 */
public record AccountSession(UUID id, Instant createdAt, Instant accessExpiresAt, Instant expiresAt) {}
