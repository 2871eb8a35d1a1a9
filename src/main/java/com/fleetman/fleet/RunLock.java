package com.fleetman.fleet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Elects the one node that does a daily run: a lock of a database session (PostgreSQL's advisory lock), which goes with
 * the session if the node dies. It saves work and nothing depends on it: two that run at once give no day twice.
 */
final class RunLock {
    private static final Logger LOG = Logger.getLogger(RunLock.class.getName());
    private static final long LOCK = 0x666c656574_02L; // any number that no other job takes

    private final Connection connection;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Must be called outside of a transaction.
     *
     * @return empty if another has it
     */
    static Optional<RunLock> take(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean taken = false;
        try {
            taken = ask(connection, "select pg_try_advisory_lock(?)");
            return taken ? Optional.of(new RunLock(connection)) : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Gives the lock back. A session that cannot is ended, or it would keep it in the pool. */
    public void close() {
        try (connection) {
            try {
                ask(connection, "select pg_advisory_unlock(?)");
            } catch (SQLException e) {
                connection.abort(Runnable::run);
                throw e;
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, () -> "the session that held the lock of the daily run is broken: " + e);
        }
    }
}
