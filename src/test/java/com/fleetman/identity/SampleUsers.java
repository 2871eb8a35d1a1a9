package com.fleetman.identity;

import com.fleetman.platform.Ids;
import java.time.Instant;

/** Accounts for unit tests. */
final class SampleUsers {
    static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");

    private SampleUsers() {}

    static User client() {
        return named("Grúas Ñandú");
    }

    static User named(String companyName) {
        return new User(
                Ids.next(), new NewAccount("owner@fleetman.example", UserType.CLIENT, companyName, "es"), "hash", NOW);
    }
}
