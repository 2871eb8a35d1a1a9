package com.fleetman.platform;

/** What the platform counts, for tests that look at all names. */
public final class PlatformMeters {
    private PlatformMeters() {}

    public static void measure(Meters meters) {
        var requests = new RequestMetrics();
        requests.answered("GET", "/machines/{id}", 200, 1);
        requests.measure(meters);
        new JvmMetrics(SampleSettings.complete()).measure(meters);
        new TraceMetrics(Tracing.OFF).measure(meters);
        new PoolMetrics(SampleSettings.complete()).measure(meters);
    }
}
