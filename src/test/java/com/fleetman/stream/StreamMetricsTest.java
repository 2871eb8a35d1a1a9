package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Health;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Meters;
import com.fleetman.platform.SampleSettings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();
    private final Meters meters = new Meters();

    StreamMetricsTest() {
        node.metrics.measure(meters);
        new StreamGauges(node.hub, SampleSettings.complete()).measure(meters);
    }

    @AfterEach
    void close() {
        meters.close();
    }

    private void assertShown(String... lines) {
        assertThat(meters.scrape(TEXT).lines()).contains(lines);
    }

    private void commit(String data) {
        Frame frame = node.log.append(user, data);
        node.hub.onWakeUp(new Signal.WakeUp(user, frame.seq(), frame));
    }

    @Test
    void tellsWhatIsReplayedFromWhatIsNew() {
        node.log.append(user, 2);
        node.open(user, new FakeWire(), "0");
        commit("{}");
        node.writers.runAll();

        assertShown(
                "fleetman_events_appended_total 1.0",
                "fleetman_events_delivered_total 3.0",
                "fleetman_events_replayed_total 2.0",
                "fleetman_commit_to_write_seconds_count 1",
                "fleetman_catch_up_events_total 0.0");
    }

    @Test
    void measuresFromTheCommitToTheWrite() {
        node.open(user, new FakeWire());
        commit("{}");
        node.clock.pass(Duration.ofMillis(20));
        node.writers.runAll();

        assertShown(
                "fleetman_commit_to_write_seconds_bucket{le=\"0.01\"} 0",
                "fleetman_commit_to_write_seconds_bucket{le=\"0.025\"} 1");
    }

    @Test
    void needsNoQueryForTheEventsOfATransaction() {
        node.open(user, new FakeWire());
        Frame first = node.log.append(user, "{}");
        Frame second = node.log.append(user, "{}");

        node.hub.onCommit(new Appended.Commit(
                List.of(new Signal.WakeUp(user, first.seq(), first), new Signal.WakeUp(user, second.seq(), second)),
                List.of()));
        node.writers.runAll();

        assertShown(
                "fleetman_events_delivered_total 2.0",
                "fleetman_commit_to_write_seconds_count 2",
                "fleetman_catch_up_queries_total 0.0");
    }

    @Test
    void measuresEventsWhoseWakeUpsComeInTheOppositeOrder() {
        node.open(user, new FakeWire());
        Frame first = node.log.append(user, "{}");
        Frame second = node.log.append(user, "{}");

        node.hub.onWakeUp(new Signal.WakeUp(user, second.seq(), second));
        node.writers.runAll();
        node.hub.onWakeUp(new Signal.WakeUp(user, first.seq(), first));
        node.writers.runAll();

        assertShown("fleetman_events_delivered_total 2.0", "fleetman_commit_to_write_seconds_count 1");
    }

    @Test
    void countsStreamsAndWhyTheyEnd() {
        Connection one = node.open(user, new FakeWire());
        FakeWire slow = new FakeWire();
        node.open(user, slow);
        slow.takesNothing();
        node.commit(user, 3);
        node.writers.runAll();
        assertShown(
                "fleetman_streams_open 2.0",
                "fleetman_stream_users 1.0",
                "fleetman_streams_behind 1.0",
                "fleetman_streams_blocked_total 1.0",
                "fleetman_cursor_lag_max_events 3.0",
                "fleetman_cursor_lag_events 3.0");

        one.close(CloseReason.CLIENT_GONE);
        node.clock.pass(TestNode.STALL.plusSeconds(1));
        node.hub.cutStalled();

        assertShown(
                "fleetman_streams_open 0.0",
                "fleetman_streams_opened_total 2.0",
                "fleetman_streams_closed_total{reason=\"client_gone\"} 1.0",
                "fleetman_streams_closed_total{reason=\"stalled\"} 1.0",
                "fleetman_cursor_lag_max_events 0.0");
    }

    @Test
    void seesHowLateTheHeartbeatsAre() {
        node.hub.tick();
        node.clock.pass(Duration.ofMillis(100));
        node.hub.tick();
        node.clock.pass(Duration.ofMillis(140));
        node.hub.tick();

        assertShown(
                "fleetman_heartbeat_jitter_seconds_count 2",
                "fleetman_heartbeat_jitter_seconds_bucket{le=\"0.025\"} 1",
                "fleetman_heartbeat_jitter_seconds_bucket{le=\"0.05\"} 2");
    }

    @Test
    void aSchedulerThatStandsStillIsNotAlive() {
        var health = new SchedulerHealth(node.hub);
        assertThat(health.check()).isEqualTo(Health.UP);

        node.hub.tick();
        node.clock.pass(Duration.ofSeconds(59));
        assertThat(health.check()).isEqualTo(Health.UP);

        node.clock.pass(Duration.ofSeconds(2));
        assertThat(health.check().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void aNodeThatDrainsWantsNoRequests() {
        var health = new StreamGauges(node.hub, SampleSettings.complete());
        assertThat(health.check()).isEqualTo(Health.UP);

        node.hub.drain();

        assertThat(health.check().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void aBusThatIsAwayMakesItNoWorseThanDegraded() {
        var bus = new BusMetrics();
        assertThat(bus.check().state()).isEqualTo(Health.State.DEGRADED);
        bus.listens(true);
        assertThat(bus.check()).isEqualTo(Health.UP);
        bus.listens(false);
        bus.dropped();
        bus.measure(meters);

        assertShown("fleetman_bus_up 0.0", "fleetman_bus_connection_lost_total 1.0", "fleetman_bus_dropped_total 1.0");
    }
}
