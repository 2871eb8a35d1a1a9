package com.fleetman.platform;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A statement that grows by its conditions, each with its values. The text comes from the code alone; whatever a client
 * sent is a value. In a transaction it runs on the transaction's connection; a database that fails is a {@link
 * PersistenceException}.
 */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    private Sql() {}

    /** Makes something of the current row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public static Sql of(String text, @Nullable Object... values) {
        return new Sql().then(text, values);
    }

    /** Goes on with more text; an Instant becomes a timestamptz, a collection of UUIDs an array. */
    public Sql then(String more, @Nullable Object... added) {
        text.append(more);
        Collections.addAll(values, added);
        return this;
    }

    public Sql and(String condition, @Nullable Object... more) {
        return then(" and " + condition, more);
    }

    public <T> List<T> list(DataSource dataSource, Row<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = prepare(connection);
                ResultSet row = query.executeQuery()) {
            var rows = new ArrayList<T>();
            while (row.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new PersistenceException("the database did not answer a query", e);
        }
    }

    public <T> Optional<T> first(DataSource dataSource, Row<T> reader) {
        return list(dataSource, reader).stream().findFirst();
    }

    /** The one row that there is, as that of a count. */
    public <T> T one(DataSource dataSource, Row<T> reader) {
        return first(dataSource, reader).orElseThrow(() -> new IllegalStateException("no row"));
    }

    /** @return how many rows were changed */
    public int update(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException("the database did not take a change", e);
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, bound(connection, values.get(i)));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static @Nullable Object bound(Connection connection, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return value instanceof Collection<?> ids ? connection.createArrayOf("uuid", ids.toArray()) : value;
    }

    public static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
