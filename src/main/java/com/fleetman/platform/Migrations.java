package com.fleetman.platform;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the schema up to date before anything else of the application starts; several nodes may start at once. */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());

    private final DataSource dataSource;
    private volatile boolean done;

    @Inject
    Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** First of all observers of the start: the others use the schema. */
    void migrate(@Observes @Priority(0) @Initialized(ApplicationScoped.class) Object context) {
        int applied = flyway().migrate().migrationsExecuted;
        done = true;
        LOG.info(() -> "schema is up to date, " + applied + " migrations applied");
    }

    /** Whether the schema is the one that this version of the application needs. */
    boolean isUpToDate() {
        return done;
    }

    /** The version that the schema has now, asked of the database. */
    String version() {
        MigrationInfo current = flyway().info().current();
        return current == null ? "none" : String.valueOf(current.getVersion());
    }

    private Flyway flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .connectRetries(10)
                .load();
    }
}
