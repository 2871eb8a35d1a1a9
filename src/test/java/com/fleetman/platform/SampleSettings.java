package com.fleetman.platform;

import java.util.HashMap;
import java.util.Map;

/** Settings for tests: the smallest set that is complete, and what a test wants on top of it. */
public final class SampleSettings {
    public static final String SECRET = "a-secret-that-is-only-for-tests-0123456789";

    private SampleSettings() {}

    public static Settings complete() {
        return with(Map.of());
    }

    /** The settings with these {@code FLEETMAN_*} variables set, too. */
    public static Settings with(Map<String, String> more) {
        return Settings.from(environment(more)::get, name -> null);
    }

    static Map<String, String> environment(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "FLEETMAN_DB_URL", "jdbc:postgresql://localhost:5432/fleetman",
                "FLEETMAN_DB_USER", "fleetman",
                "FLEETMAN_DB_PASSWORD", "not-for-logs",
                "FLEETMAN_JWT_SECRET", SECRET));
        environment.putAll(more);
        return environment;
    }
}
