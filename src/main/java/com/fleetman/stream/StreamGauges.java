package com.fleetman.stream;

import com.fleetman.platform.Health;
import com.fleetman.platform.HealthCheck;
import com.fleetman.platform.Measured;
import com.fleetman.platform.Meters;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.LongStream;

/** How the streams of this node are, found by looking at all of them when somebody asks. */
@ApplicationScoped
class StreamGauges implements Measured, HealthCheck {
    private final StreamHub hub;
    private final int limit;

    @Inject
    StreamGauges(StreamHub hub, Settings settings) {
        this.hub = hub;
        this.limit = settings.streams().perNode();
    }

    @Override
    public void measure(Meters meters) {
        meters.gauge("streams_open", "Streams that are open.", hub::openStreams);
        meters.gauge("streams_limit", "Open streams that this node takes.", () -> limit);
        meters.gauge(
                "stream_users",
                "Users who have a stream here.",
                () -> hub.connections().stream()
                        .map(Connection::user)
                        .distinct()
                        .count());
        meters.gauge(
                "streams_behind",
                "Streams that are behind their user's log.",
                () -> lags().filter(lag -> lag > 0).count());
        meters.gauge(
                "cursor_lag_max_events",
                "By how many events the stream that is furthest behind its user's log is.",
                () -> lags().max().orElse(0));
        meters.gauge("cursor_lag_events", "By how many events all streams together are behind.", () -> lags().sum());
    }

    private LongStream lags() {
        return hub.connections().stream().mapToLong(Connection::lag);
    }

    @Override
    public String component() {
        return "streams";
    }

    @Override
    public Set<Probe> probes() {
        return Set.of(Probe.READY);
    }

    @Override
    public Health check() {
        if (hub.isDraining()) {
            return Health.down("this node is shutting down");
        }
        return hub.isFull() ? Health.degraded("this node has all the streams it takes") : Health.UP;
    }
}
