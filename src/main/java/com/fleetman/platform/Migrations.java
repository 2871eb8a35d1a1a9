package com.fleetman.platform;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema up to date before anything else of the application starts; several nodes may start at once. While
 * the database is away it keeps trying, and the node is up but not ready; a migration that fails ends the start. Then
 * Hibernate is made ready, so that the first request does not wait for it.
 */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());
    private static final int RETRY_SECONDS = 2;

    private final DataSource dataSource;
    private final EntityManagers entityManagers;
    private final ManagedScheduledExecutorService scheduler;
    private volatile boolean done;
    private volatile @Nullable ScheduledFuture<?> retries;

    @Inject
    Migrations(DataSource dataSource, EntityManagers entityManagers, ManagedScheduledExecutorService scheduler) {
        this.dataSource = dataSource;
        this.entityManagers = entityManagers;
        this.scheduler = scheduler;
    }

    /** First of all observers of the start: the others use the schema. */
    void migrate(@Observes @Priority(0) @Initialized(ApplicationScoped.class) Object context) {
        if (!migrateIfReachable()) {
            retries = scheduler.scheduleWithFixedDelay(this::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void retry() {
        try {
            if (!done && migrateIfReachable()) {
                stop();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "the schema cannot be brought up to date; this node stays unready", e);
        }
    }

    @PreDestroy
    void stop() {
        ScheduledFuture<?> running = retries;
        if (running != null) {
            running.cancel(false);
        }
    }

    private boolean migrateIfReachable() {
        try {
            int applied = flyway().migrate().migrationsExecuted;
            LOG.info(() -> "schema is up to date, " + applied + " migrations applied");
            entityManagers.prepare();
            done = true;
            return true;
        } catch (FlywayException | PersistenceException e) {
            SQLException away = unreachable(e);
            if (away == null) {
                throw e;
            }
            LOG.log(Level.WARNING, () -> "the database is away, trying again: " + away.getMessage());
            return false;
        }
    }

    /** The reason if the database cannot be reached now, or null if it could and the failure is another one. */
    static @Nullable SQLException unreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                // Class 08 is connection failures, 57P0x a server that stops or starts; the pool's own time-out has
                // none.
                return state == null || state.startsWith("08") || state.startsWith("57P0") ? sql : null;
            }
        }
        return null;
    }

    /** Whether the schema is the one that this version of the application needs. */
    boolean isUpToDate() {
        return done;
    }

    private Flyway flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load();
    }
}
