package com.fleetman.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What administrators see of an account. Nothing of its password. */
public record AccountState(
        UUID id,
        String email,
        UserType type,
        String companyName,
        List<String> roles,
        String locale,
        boolean active,
        Instant createdAt,
        Instant updatedAt) {

    static AccountState of(User user) {
        return new AccountState(
                user.id(),
                user.email(),
                user.type(),
                user.companyName(),
                user.roles().stream().sorted().toList(),
                user.locale(),
                user.isActive(),
                user.createdAt(),
                user.updatedAt());
    }

    /** What an administrator can change of it. */
    public Rights rights() {
        return new Rights(type, roles, active);
    }

    public record Rights(UserType type, List<String> roles, boolean active) {}

    /** Without the address and the name, so that it may be logged. */
    @Override
    public String toString() {
        return "AccountState[" + id + "]";
    }
}
