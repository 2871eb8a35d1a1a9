package com.fleetman.contact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.identity.PublicProfile;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;
import java.util.UUID;

/**
 * Event {@code contact}: the user has decided something about another on some device.
 *
 * @param change {@code added}, {@code removed}, {@code blocked}, {@code unblocked} or {@code accepted}
 * @param isContact with {@code isBlocked} and {@code isAccepted}: how things stand after it
 */
record ContactChanged(
        String change,
        UUID userId,
        PublicProfile user,
        boolean isContact,
        boolean isBlocked,
        boolean isAccepted,
        Counts counts)
        implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "contact";
    }
}
