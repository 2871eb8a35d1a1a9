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
import javax.sql.DataSource;

/** The log in PostgreSQL. One statement each, so that every answer is of one snapshot. */
@ApplicationScoped
class JdbcLogReader implements LogReader {
    private final DataSource dataSource;

    private final LogRounds rounds;
    private final StreamMetrics metrics;

    @Inject
    JdbcLogReader(DataSource dataSource, Settings settings, StreamMetrics metrics) {
        this.dataSource = dataSource;
        this.metrics = metrics;
        // Thousands of streams that catch up at once leave most of the pool to the requests.
        this.rounds = new LogRounds(this::read, Math.max(1, settings.databasePoolSize() / 4));
    }

    @Override
    public Bounds bounds(UUID userId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select last_seq, unread_notifications, unread_messages,
                               coalesce((select min(seq) from user_event e where e.user_id = i.user_id), last_seq + 1),
                               announced < (select coalesce(max(number), 0) from announcement)
                        from inbox i where user_id = ?""")) {
            query.setObject(1, userId);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("user " + userId + " has no inbox");
                }
                return new Bounds(
                        row.getLong(1), row.getLong(4), new Counts(row.getInt(2), row.getInt(3)), row.getBoolean(5));
            }
        }
    }

    @Override
    public List<Frame> after(UUID userId, long after, int limit) throws SQLException {
        long start = System.nanoTime();
        List<Frame> frames = rounds.after(userId, after, limit);
        metrics.caughtUp(frames.size(), System.nanoTime() - start);
        return frames;
    }

    private Map<LogRounds.Place, List<Frame>> read(List<LogRounds.Place> places, int limit) throws SQLException {
        metrics.queried();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select p.user_id, p.after, e.seq, e.name, e.data, e.traceparent
                        from unnest(?::uuid[], ?::bigint[]) p (user_id, after), lateral (
                            select seq, name, data, traceparent from user_event
                            where user_id = p.user_id and seq > p.after order by seq limit ?) e
                        order by p.user_id, p.after, e.seq""")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", places.stream().map(LogRounds.Place::userId).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            places.stream().map(LogRounds.Place::after).toArray()));
            query.setInt(3, limit);
            try (ResultSet row = query.executeQuery()) {
                var frames = new HashMap<LogRounds.Place, List<Frame>>();
                while (row.next()) {
                    var place = new LogRounds.Place(row.getObject(1, UUID.class), row.getLong(2));
                    frames.computeIfAbsent(place, at -> new ArrayList<>())
                            .add(Frame.logged(row.getLong(3), row.getString(4), row.getString(5), row.getString(6)));
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
