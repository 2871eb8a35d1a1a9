package com.fleetman.platform;

import io.agroal.api.AgroalDataSourceMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** The pool of database connections; not there where the server pools them itself. */
@ApplicationScoped
class PoolMetrics implements Measured {
    private static final double MILLIS = 1e3;

    private final Settings settings;

    @Inject
    PoolMetrics(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void measure(Meters meters) {
        if (!settings.databaseJndi().isEmpty()) {
            return;
        }
        meters.gauge("pool_size_limit", "Connections that the pool may open.", settings::databasePoolSize);
        meters.gauge(
                "pool_connections",
                "Connections of the pool.",
                () -> now(AgroalDataSourceMetrics::activeCount),
                "state",
                "active");
        meters.gauge(
                "pool_connections",
                "Connections of the pool.",
                () -> now(AgroalDataSourceMetrics::availableCount),
                "state",
                "idle");
        meters.gauge(
                "pool_waiting",
                "Threads that wait for a connection.",
                () -> now(AgroalDataSourceMetrics::awaitingCount));
        meters.total(
                "pool_acquired",
                "Connections handed out by the pool.",
                () -> now(AgroalDataSourceMetrics::acquireCount));
        meters.total(
                "pool_connects",
                "Connections that the pool opened.",
                () -> now(AgroalDataSourceMetrics::creationCount));
        meters.total(
                "pool_wait_seconds",
                "Time that threads waited for a connection.",
                () -> now(metrics -> metrics.blockingTimeTotal().toMillis() / MILLIS));
    }

    private static double now(ToDoubleFunction<AgroalDataSourceMetrics> value) {
        return Pool.metrics().map(value::applyAsDouble).orElse(0.0);
    }
}
