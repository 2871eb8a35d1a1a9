package com.fleetman.stream;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The open streams and those that were, in the database: written by the node that has them, many with a statement. */
@ApplicationScoped
class StreamTables {
    private static final int BATCH = 1_000;

    private static final String ADD = """
            insert into open_stream (id, node_id, user_id, session_id, user_agent, opened_at, first_cursor, cursor,
                                     delivered, bytes, reported_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now()) on conflict (id) do nothing""";

    private static final String MOVE = """
            update open_stream o set cursor = v.cursor, delivered = v.delivered, bytes = v.bytes, reported_at = now()
            from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[]) as v (id, cursor, delivered, bytes)
            where o.id = v.id""";

    private static final String HISTORY = """
            insert into stream_history (id, node, user_id, session_id, user_agent, opened_at, closed_at, reason,
                                        first_cursor, last_cursor, delivered, bytes)
            """;

    private static final String END = """
            with gone as (
                delete from open_stream o
                using unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::timestamptz[])
                      as v (id, cursor, delivered, bytes, reason, at)
                where o.id = v.id
                returning o.id, o.user_id, o.session_id, o.user_agent, o.opened_at, o.first_cursor,
                          v.cursor as last, v.delivered as got, v.bytes as written, v.reason, v.at)
            """ + HISTORY + """
            select id, ?, user_id, session_id, user_agent, opened_at, at, reason, first_cursor, last, got, written
            from gone""";

    /** What a node that is gone had, is over. */
    private static final String BURY = """
            with gone as (
                delete from open_stream o where not exists (
                    select 1 from node n where n.id = o.node_id and n.seen_at > now() - interval '30 seconds')
                returning o.*)
            """ + HISTORY + """
            select g.id, coalesce(n.name, 'unknown'), user_id, session_id, user_agent, opened_at, now(), 'node_gone',
                   first_cursor, cursor, g.delivered, bytes
            from gone g left join node n on n.id = g.node_id""";

    private final DataSource dataSource;
    private final String node;

    /** Of this start of the process: a name may come back, this never does. */
    private final UUID nodeId = Ids.next();

    @Inject
    StreamTables(DataSource dataSource, Settings settings) {
        this.dataSource = dataSource;
        this.node = settings.node();
    }

    UUID nodeId() {
        return nodeId;
    }

    /** Runs statements in one transaction of its own. */
    @FunctionalInterface
    private interface Work<T> {
        T in(java.sql.Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (java.sql.Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.in(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Writes down what happened.
     *
     * @param all every open stream of this node if what is there shall be made complete; null otherwise
     * @return the streams of this node that an administrator wants closed
     */
    List<UUID> write(
            List<StreamJournal.Opened> opened,
            List<StreamJournal.Closed> closed,
            List<Connection> moved,
            @Nullable List<Connection> all)
            throws SQLException {
        return inTransaction(connection -> {
            add(connection, opened);
            if (all != null) {
                add(connection, all.stream().map(StreamTables::found).toList());
            }
            for (List<Connection> batch : batches(moved)) {
                execute(connection, MOVE, figures(connection, batch));
            }
            for (List<StreamJournal.Closed> batch : batches(closed)) {
                List<Object> values = figures(
                        connection,
                        batch.stream().map(StreamJournal.Closed::connection).toList());
                values.add(array(
                        connection, "text", batch, end -> end.reason().name().toLowerCase(Locale.ROOT)));
                values.add(
                        array(connection, "timestamptz", batch, end -> end.at().toString()));
                values.add(node);
                execute(connection, END, values);
            }
            if (all != null) {
                execute(
                        connection,
                        "delete from open_stream where node_id = ? and id <> all(?)",
                        List.of(nodeId, array(connection, "uuid", all, Connection::id)));
            }
            return unwanted(connection);
        });
    }

    private static StreamJournal.Opened found(Connection connection) {
        return new StreamJournal.Opened(connection, Math.max(0, connection.cursor() - connection.delivered()), null);
    }

    private void add(java.sql.Connection connection, List<StreamJournal.Opened> opened) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            int added = 0;
            for (StreamJournal.Opened stream : opened) {
                Connection of = stream.connection();
                Object[] values = {
                    of.id(),
                    nodeId,
                    of.user().userId(),
                    of.sessionId(),
                    stream.agent(),
                    of.openedAt().atOffset(ZoneOffset.UTC),
                    stream.first(),
                    of.cursor(),
                    of.delivered(),
                    of.written()
                };
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.addBatch();
                if (++added % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static List<Object> figures(java.sql.Connection connection, List<Connection> streams) throws SQLException {
        var values = new ArrayList<Object>();
        values.add(array(connection, "uuid", streams, Connection::id));
        values.add(array(connection, "bigint", streams, Connection::cursor));
        values.add(array(connection, "bigint", streams, Connection::delivered));
        values.add(array(connection, "bigint", streams, Connection::written));
        return values;
    }

    private static <T> java.sql.Array array(
            java.sql.Connection connection, String type, List<T> all, Function<T, Object> value) throws SQLException {
        return connection.createArrayOf(type, all.stream().map(value).toArray());
    }

    private static void execute(java.sql.Connection connection, String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        }
    }

    private List<UUID> unwanted(java.sql.Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select id from open_stream where node_id = ? and closing")) {
            query.setObject(1, nodeId);
            try (ResultSet row = query.executeQuery()) {
                var ids = new ArrayList<UUID>();
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
                return ids;
            }
        }
    }

    /** Ends what nodes had that are gone, and forgets nodes that have been gone for a day. */
    void bury() throws SQLException {
        inTransaction(connection -> {
            execute(connection, BURY, List.of());
            execute(connection, "delete from node where seen_at < now() - interval '1 day'", List.of());
            return true;
        });
    }

    /** This node is gone. */
    void leave() throws SQLException {
        inTransaction(connection -> {
            execute(connection, "delete from open_stream where node_id = ?", List.of(nodeId));
            execute(connection, "delete from node where id = ?", List.of(nodeId));
            return true;
        });
    }

    /** Forgets the streams that were over before an instant, and the oldest beyond a number. */
    int forget(Instant before, int most) throws SQLException {
        return inTransaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("""
                    delete from stream_history where closed_at < ?
                       or number <= (select coalesce(max(number), 0) from stream_history) - ?""")) {
                delete.setObject(1, before.atOffset(ZoneOffset.UTC));
                delete.setLong(2, most);
                return delete.executeUpdate();
            }
        });
    }

    private static <T> List<List<T>> batches(List<T> all) {
        var batches = new ArrayList<List<T>>();
        for (int i = 0; i < all.size(); i += BATCH) {
            batches.add(all.subList(i, Math.min(i + BATCH, all.size())));
        }
        return batches;
    }
}
