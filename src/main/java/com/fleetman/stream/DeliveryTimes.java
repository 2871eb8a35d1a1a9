package com.fleetman.stream;

import com.fleetman.platform.Histogram;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import com.fleetman.platform.Stopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** How long events take from the commit to a stream, hour by hour, of all nodes. */
@ApplicationScoped
public class DeliveryTimes {
    private static final Logger LOG = Logger.getLogger(DeliveryTimes.class.getName());

    private final StreamMetrics metrics;
    private final DataSource dataSource;
    private final String node;
    private long[] written = {};

    @Inject
    DeliveryTimes(StreamMetrics metrics, DataSource dataSource, Settings settings) {
        this.metrics = metrics;
        this.dataSource = dataSource;
        this.node = settings.node();
    }

    /**
     * The deliveries of an hour.
     *
     * @param hour its begin, UTC
     * @param events that were written to a stream by the node that had committed them; not those that were replayed
     * @param p50Ms median of the milliseconds that they took, as near as classes of durations allow; so {@code p99Ms}
     */
    public record Hour(Instant hour, long events, double p50Ms, double p99Ms) {}

    /** Adds what was measured since the last time. */
    synchronized void write() {
        long[] now = metrics.deliveryTimes();
        long[] more = minus(now, written);
        if (LongStream.of(more).sum() > 0) {
            Sql.of("""
                            insert into delivery_time (hour, node, class, count)
                            select date_trunc('hour', now(), 'UTC'), ?, place - 1, count
                            from unnest(cast(? as bigint[])) with ordinality as measured (count, place)
                            where count > 0
                            on conflict (hour, node, class) do update
                            set count = delivery_time.count + excluded.count""", node, literal(more)).update(dataSource);
            written = now;
        }
    }

    /** After the streams were closed, before the pool is. */
    void stop(@Observes @Priority(5_000) Stopping event) {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "the last delivery times could not be written down: " + e);
        }
    }

    /** Forgets the hours before an instant. */
    void forget(Instant before) {
        Sql.of("delete from delivery_time where hour < ?", before).update(dataSource);
    }

    /**
     * The hours that begin in a span of time and had deliveries, in their order.
     *
     * @param from included
     * @param to excluded
     */
    public List<Hour> hourly(Instant from, Instant to) {
        Map<Instant, long[]> hours = new LinkedHashMap<>();
        Sql.of("""
                        select hour, class, sum(count)::bigint as count from delivery_time
                        where hour >= ? and hour < ? group by hour, class order by hour, class""", from, to).list(dataSource, row -> add(row, hours));
        return hours.entrySet().stream()
                .map(hour -> new Hour(
                        hour.getKey(),
                        LongStream.of(hour.getValue()).sum(),
                        millis(hour.getValue(), 0.5),
                        millis(hour.getValue(), 0.99)))
                .toList();
    }

    private static boolean add(ResultSet row, Map<Instant, long[]> hours) throws SQLException {
        long[] counts = hours.computeIfAbsent(Sql.instant(row, "hour"), hour -> new long[Histogram.classes()]);
        counts[row.getInt("class")] = row.getLong("count");
        return true;
    }

    /** A quantile in milliseconds, to the tenth. */
    static double millis(long[] counts, double part) {
        return Math.round(Histogram.quantile(counts, part) * 10_000) / 10.0;
    }

    /** What was added since; {@code before} may be empty. */
    static long[] minus(long[] now, long[] before) {
        long[] more = now.clone();
        for (int i = 0; i < before.length; i++) {
            more[i] -= before[i];
        }
        return more;
    }

    /** As PostgreSQL writes an array. */
    static String literal(long[] counts) {
        return Arrays.toString(counts).replace('[', '{').replace(']', '}');
    }

    static long[] read(Array array) throws SQLException {
        return Arrays.stream((Long[]) array.getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }
}
