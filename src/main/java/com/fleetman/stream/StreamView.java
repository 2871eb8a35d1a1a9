package com.fleetman.stream;

import com.fleetman.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open stream. Figures of streams on other nodes are some seconds old.
 *
 * @param node name of the node that it is connected to
 * @param firstCursor where in the user's log it began: it was given what comes after
 * @param cursor the last event that it was given
 * @param lag events of the log that it has not been given yet
 * @param delivered events that it was given
 * @param asOf when its node noted these figures
 */
public record StreamView(
        UUID id,
        UUID userId,
        String companyName,
        String node,
        UUID sessionId,
        @Nullable String userAgent,
        Instant since,
        long firstCursor,
        long cursor,
        long lag,
        long delivered,
        long bytes,
        Instant asOf) {
    static final String QUERY = """
            select s.*, n.name as node, u.company_name, greatest(0, i.last_seq - s.cursor) as lag
            from open_stream s join node n on n.id = s.node_id join app_user u on u.id = s.user_id
            join inbox i on i.user_id = s.user_id
            where n.seen_at > now() - interval '30 seconds'""";

    static StreamView of(ResultSet row) throws SQLException {
        return new StreamView(
                Sql.id(row, "id"),
                Sql.id(row, "user_id"),
                row.getString("company_name"),
                row.getString("node"),
                Sql.id(row, "session_id"),
                row.getString("user_agent"),
                Sql.instant(row, "opened_at"),
                row.getLong("first_cursor"),
                row.getLong("cursor"),
                row.getLong("lag"),
                row.getLong("delivered"),
                row.getLong("bytes"),
                Sql.instant(row, "reported_at"));
    }
}
