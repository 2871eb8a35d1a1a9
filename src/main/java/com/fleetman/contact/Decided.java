package com.fleetman.contact;

import java.util.UUID;

/** How the caller stands to a user after a decision. */
public record Decided(UUID userId, boolean isContact, boolean isBlocked, boolean isAccepted) {}
