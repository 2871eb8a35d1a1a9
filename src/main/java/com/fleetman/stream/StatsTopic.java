package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Histogram;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells administrators' streams that ask for it how the cluster does, every few seconds: an ephemeral event, which costs
 * nothing while nobody asks.
 */
@ApplicationScoped
class StatsTopic {
    private static final String NAME = "admin";

    private final Set<Connection> watchers = ConcurrentHashMap.newKeySet();
    private final DataSource dataSource;
    private final Clock clock;

    @Inject
    StatsTopic(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** The data of {@code admin-stats}: over all nodes that are up, and each of them. */
    private record Stats(
            Instant at,
            int streams,
            int behind,
            long lag,
            double eventsPerSecond,
            long failed,
            long errors,
            double p50Ms,
            double p99Ms,
            List<NodeView> nodes) {
        static Stats of(Instant at, List<NodeView> nodes, long[] times) {
            return new Stats(
                    at,
                    nodes.stream().mapToInt(NodeView::streams).sum(),
                    nodes.stream().mapToInt(NodeView::behind).sum(),
                    nodes.stream().mapToLong(NodeView::lag).max().orElse(0),
                    Math.round(nodes.stream()
                                            .mapToDouble(NodeView::eventsPerSecond)
                                            .sum()
                                    * 10)
                            / 10.0,
                    nodes.stream().mapToLong(NodeView::failed).sum(),
                    nodes.stream().mapToLong(NodeView::errors).sum(),
                    DeliveryTimes.millis(times, 0.5),
                    DeliveryTimes.millis(times, 0.99),
                    nodes);
        }
    }

    /**
     * Whether a stream shall have it.
     *
     * @throws Problem 403 {@code forbidden} if the caller is no administrator
     */
    boolean isAskedFor(@Nullable String topics, Caller caller) {
        if (topics == null || !List.of(topics.split(",", -1)).contains(NAME)) {
            return false;
        }
        if (!caller.roles().contains("ADMIN")) {
            throw Problem.forbidden("forbidden", "this topic is for administrators");
        }
        return true;
    }

    /** A role that is taken away ends the sessions, and with them the stream. */
    void add(Connection connection) {
        watchers.add(connection);
    }

    void tell() {
        watchers.removeIf(Connection::isClosed);
        if (!watchers.isEmpty()) {
            var times = new long[Histogram.classes()];
            List<NodeView> nodes = Sql.of(NodeView.QUERY)
                    .and("seen_at > now() - interval '30 seconds'")
                    .then(" order by name, id")
                    .list(dataSource, row -> {
                        add(DeliveryTimes.read(row.getArray("delivery_times")), times);
                        return NodeView.of(row);
                    });
            Frame frame = Frame.hint("admin-stats", Json.write(Stats.of(clock.instant(), nodes, times)));
            watchers.forEach(connection -> connection.hint(frame));
        }
    }

    private static void add(long[] counts, long[] sums) {
        for (int i = 0; i < counts.length; i++) {
            sums[i] += counts[i];
        }
    }
}
