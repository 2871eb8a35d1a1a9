package com.fleetman.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What a user sees of the own account. */
record Account(
        UUID id,
        String email,
        UserType type,
        String companyName,
        Collection<String> roles,
        String locale,
        Instant createdAt) {

    static Account of(User user) {
        List<String> roles = user.roles().stream().sorted().toList();
        return new Account(
                user.id(), user.email(), user.type(), user.companyName(), roles, user.locale(), user.createdAt());
    }
}
