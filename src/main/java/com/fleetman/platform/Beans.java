package com.fleetman.platform;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** What every part of the application is given, for injection by type. */
@ApplicationScoped
public class Beans {
    @SuppressWarnings("NullAway.Init")
    private ServerResources server;

    /** The first to ask is an observer of the start, on a thread of the server: only there is sure to be a java:comp. */
    @PostConstruct
    void find() {
        ServerResources found = Requirements.part(ServerResources.class);
        server = new Kept(found.dataSource(), found.scheduler(), found.transactions());
    }

    /** What was found, for beans that are first asked for on a thread of our own. */
    private record Kept(
            DataSource dataSource,
            ManagedScheduledExecutorService scheduler,
            TransactionSynchronizationRegistry transactions)
            implements ServerResources {}

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
        return server.dataSource();
    }

    @Produces
    @Dependent
    ManagedScheduledExecutorService scheduler() {
        return server.scheduler();
    }

    @Produces
    @Dependent
    ServerResources server() {
        return server;
    }
}
