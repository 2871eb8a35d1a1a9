package com.fleetman.stream;

import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** The log in PostgreSQL. One statement each, so that every answer is of one snapshot. */
@ApplicationScoped
class JdbcLogReader implements LogReader {
    private final DataSource dataSource;

    /** Thousands of streams that catch up at once leave half of the pool to the requests. */
    private final Semaphore catchUps;

    @Inject
    JdbcLogReader(DataSource dataSource, Settings settings) {
        this.dataSource = dataSource;
        this.catchUps = new Semaphore(Math.max(1, settings.databasePoolSize() / 2));
    }

    @Override
    public Bounds bounds(UUID userId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select last_seq, unread_notifications, unread_messages,
                               coalesce((select min(seq) from user_event e where e.user_id = i.user_id), last_seq + 1)
                        from inbox i where user_id = ?""")) {
            query.setObject(1, userId);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("user " + userId + " has no inbox");
                }
                return new Bounds(row.getLong(1), row.getLong(4), new Counts(row.getInt(2), row.getInt(3)));
            }
        }
    }

    @Override
    public List<Frame> after(UUID userId, long after, int limit) throws SQLException {
        catchUps.acquireUninterruptibly();
        try {
            return read(userId, after, limit);
        } finally {
            catchUps.release();
        }
    }

    private List<Frame> read(UUID userId, long after, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select seq, name, data from user_event where user_id = ? and seq > ? order by seq limit ?")) {
            query.setObject(1, userId);
            query.setLong(2, after);
            query.setInt(3, limit);
            try (ResultSet row = query.executeQuery()) {
                var frames = new ArrayList<Frame>();
                while (row.next()) {
                    frames.add(Frame.logged(row.getLong(1), row.getString(2), row.getString(3)));
                }
                return frames;
            }
        }
    }

    @Override
    public Map<UUID, Long> lastSeqs(Collection<UUID> userIds) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select user_id, last_seq from inbox where user_id = any(?)")) {
            query.setArray(1, connection.createArrayOf("uuid", userIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                var positions = new HashMap<UUID, Long>();
                while (row.next()) {
                    positions.put(row.getObject(1, UUID.class), row.getLong(2));
                }
                return positions;
            }
        }
    }
}
