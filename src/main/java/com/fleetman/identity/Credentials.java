package com.fleetman.identity;

import java.util.UUID;

/** What a password is checked against. */
record Credentials(UUID userId, String email, String passwordHash, boolean active) {
    static Credentials of(User user) {
        return new Credentials(user.id(), user.email(), user.passwordHash(), user.isActive());
    }

    /** Without the hash and the address, so that it may be logged. */
    @Override
    public String toString() {
        return "Credentials[user=" + userId + "]";
    }
}
