package com.fleetman.stream;

import com.fleetman.platform.HourlyJob;
import com.fleetman.platform.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Drops the events that are older than the retention, always a log's beginning and never a piece of its middle, in
 * small batches and on one node at a time. A client that asks for a dropped position gets {@code reset}.
 */
@ApplicationScoped
public class EventRetention {
    private static final Logger LOG = Logger.getLogger(EventRetention.class.getName());
    private static final long LOCK = 0x666c656574_01L;
    private static final int USERS_PER_BATCH = 200;

    private final DataSource dataSource;
    private final Settings settings;
    private final Clock clock;
    private final HourlyJob job = new HourlyJob(this::runGuarded);

    @Inject
    EventRetention(DataSource dataSource, Settings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object context, ManagedScheduledExecutorService scheduler) {
        job.start(scheduler);
    }

    @PreDestroy
    void stop() {
        job.stop();
    }

    private void runGuarded() {
        try {
            int dropped = run();
            if (dropped > 0) {
                LOG.info(() -> "retention dropped " + dropped + " events");
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "retention put off", e);
        }
    }

    /**
     * Drops what is old now.
     *
     * @return the number of events dropped; 0 also if another node is doing it
     */
    public int run() throws SQLException {
        Instant cutoff = clock.instant().minus(settings.streams().retention());
        int dropped = 0;
        int last;
        do {
            last = dropBatch(cutoff);
            dropped += last;
        } while (last > 0);
        return dropped;
    }

    private int dropBatch(Instant cutoff) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int dropped = isElected(connection) ? drop(connection, cutoff) : 0;
                connection.commit();
                return dropped;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean isElected(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static int drop(Connection connection, Instant cutoff) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with old as (
                    select user_id, max(seq) as last from user_event where created_at < ? group by user_id limit ?)
                delete from user_event e using old where e.user_id = old.user_id and e.seq <= old.last""")) {
            statement.setTimestamp(1, Timestamp.from(cutoff));
            statement.setInt(2, USERS_PER_BATCH);
            return statement.executeUpdate();
        }
    }
}
