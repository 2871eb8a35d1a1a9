package com.fleetman.stream;

import com.fleetman.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stream that was.
 *
 * @param reason why it ended, {@code client_gone} for example
 * @param firstCursor where in the user's log it began
 * @param lastCursor the last event that it was given
 */
public record ClosedStream(
        UUID id,
        String node,
        UUID sessionId,
        @Nullable String userAgent,
        Instant since,
        Instant closedAt,
        String reason,
        long firstCursor,
        long lastCursor,
        long delivered,
        long bytes) {

    static ClosedStream of(ResultSet row) throws SQLException {
        return new ClosedStream(
                Sql.id(row, "id"),
                row.getString("node"),
                Sql.id(row, "session_id"),
                row.getString("user_agent"),
                Sql.instant(row, "opened_at"),
                Sql.instant(row, "closed_at"),
                row.getString("reason"),
                row.getLong("first_cursor"),
                row.getLong("last_cursor"),
                row.getLong("delivered"),
                row.getLong("bytes"));
    }
}
