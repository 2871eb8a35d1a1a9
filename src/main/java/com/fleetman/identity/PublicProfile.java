package com.fleetman.identity;

import java.util.UUID;

/** What everybody who is signed in may know of a user. Never the e-mail address. */
public record PublicProfile(UUID id, String companyName, UserType type, String locale) {
    static PublicProfile of(User user) {
        return new PublicProfile(user.id(), user.companyName(), user.type(), user.locale());
    }
}
