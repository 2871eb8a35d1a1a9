package com.fleetman.contact;

import com.fleetman.identity.PublicProfile;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contact, or a blocked user, in a list of them, or anybody on their own.
 *
 * @param since when they became what the list is of, null for somebody on their own who is no contact
 */
record ContactView(
        UUID userId,
        PublicProfile user,
        @Nullable Instant since,
        boolean isContact,
        boolean isBlocked,
        boolean isAccepted) {}
