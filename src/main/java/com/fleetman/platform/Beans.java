package com.fleetman.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** What the container gives us, for injection by type: one place that knows its names. */
@ApplicationScoped
public class Beans {
    @Resource(name = "jdbc/fleetman")
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @Resource(name = "concurrent/scheduler")
    @SuppressWarnings("NullAway.Init")
    ManagedScheduledExecutorService scheduler;

    @PersistenceContext(unitName = "fleetman")
    @SuppressWarnings("NullAway.Init")
    EntityManager entityManager;

    @Produces
    @Singleton
    Settings settings() {
        return Settings.load();
    }

    /** In microseconds, which is what PostgreSQL keeps: an instant that was stored equals the one in memory. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Produces
    @Dependent
    DataSource dataSource() {
        return dataSource;
    }

    @Produces
    @Dependent
    ManagedScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Scoped to the transaction: use it inside {@code @Transactional} methods only. */
    @Produces
    @Dependent
    EntityManager entityManager() {
        return entityManager;
    }
}
