package com.fleetman.stream;

import com.fleetman.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A node of the cluster, as it last reported itself.
 *
 * @param id of this start of the process
 * @param state {@code up}, or {@code gone} if it has not been heard of for 30 seconds
 * @param bus whether it hears the other nodes at once, {@code up} or {@code down}
 * @param behind streams that have not got everything yet
 * @param lag the most events that one of them is behind
 * @param opened streams since its start; so {@code closed}, {@code failed} (by a mistake of ours) and {@code delivered}
 *     (events)
 * @param errors streams and requests that it failed to serve, in the last minute
 * @param p50Ms median of the milliseconds from the commit to the stream in the last minute, of events that this node
 *     committed; so {@code p99Ms}; both 0 where there were none
 */
public record NodeView(
        UUID id,
        String name,
        String version,
        String state,
        Instant startedAt,
        Instant seenAt,
        String bus,
        int streams,
        int users,
        int behind,
        long lag,
        long opened,
        long closed,
        long failed,
        long delivered,
        double eventsPerSecond,
        long errors,
        double p50Ms,
        double p99Ms) {
    static final String QUERY = "select *, seen_at > now() - interval '30 seconds' as up from node where true";

    static NodeView of(ResultSet row) throws SQLException {
        long[] times = DeliveryTimes.read(row.getArray("delivery_times"));
        return new NodeView(
                Sql.id(row, "id"),
                row.getString("name"),
                row.getString("version"),
                row.getBoolean("up") ? "up" : "gone",
                Sql.instant(row, "started_at"),
                Sql.instant(row, "seen_at"),
                row.getString("bus"),
                row.getInt("streams"),
                row.getInt("users"),
                row.getInt("behind"),
                row.getLong("lag"),
                row.getLong("opened"),
                row.getLong("closed"),
                row.getLong("failed"),
                row.getLong("delivered"),
                Math.round(row.getDouble("events_per_second") * 10) / 10.0,
                row.getLong("errors"),
                DeliveryTimes.millis(times, 0.5),
                DeliveryTimes.millis(times, 0.99));
    }
}
