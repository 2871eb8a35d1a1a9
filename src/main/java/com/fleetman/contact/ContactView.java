package com.fleetman.contact;

import com.fleetman.identity.PublicProfile;
import java.time.Instant;
import java.util.UUID;

/** A contact, or a blocked user, in a list of them. */
record ContactView(
        UUID userId, PublicProfile user, Instant since, boolean isContact, boolean isBlocked, boolean isAccepted) {}
