package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fleetman.platform.Ids;
import java.util.UUID;
import java.util.stream.LongStream;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broadcaster only carries wake-ups, and nothing depends on it. */
class UserStreamTest {
    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();
    private final FakeWire one = new FakeWire();
    private final FakeWire two = new FakeWire();

    @ParameterizedTest
    @EnumSource(
            value = FakeSse.Fault.class,
            names = {"DOUBLES", "THROWS", "CUTS", "BUILDS_NOTHING", "REFUSES_TO_CLOSE"})
    void isHeardAtOnceThroughABroadcasterThatFails(FakeSse.Fault fault) {
        node.open(user, one);
        node.open(user, two);
        node.sse.fault(fault);

        for (int i = 0; i < 10; i++) {
            node.commit(user, 1);
            node.writers.runAll();
        }
        node.sse.fault(FakeSse.Fault.NONE);
        node.commit(user, 1);
        node.writers.runAll();

        assertThat(one.ids()).containsExactlyElementsOf(upTo(11));
        assertThat(two.ids()).containsExactlyElementsOf(upTo(11));
    }

    @ParameterizedTest
    @EnumSource(FakeSse.Fault.class)
    void isRightAfterTheNextReconciliationWhateverTheBroadcasterDoes(FakeSse.Fault fault) {
        node.open(user, one);
        node.open(user, two);
        node.sse.fault(fault);

        node.commit(user, 5);
        node.writers.runAll();
        node.reconciliation.run();
        node.writers.runAll();

        assertThat(one.ids()).containsExactlyElementsOf(upTo(5));
        assertThat(two.ids()).containsExactlyElementsOf(upTo(5));
    }

    @Test
    void isHeardByADeviceThatTheBroadcasterRefused() {
        node.open(user, one);
        node.sse.fault(FakeSse.Fault.REFUSES_TO_REGISTER);
        Connection refused = node.open(user, two);
        node.sse.fault(FakeSse.Fault.NONE);

        node.commit(user, 2);
        node.hub.accept(new Signal.Hint(user, "typing", "{}"));
        node.writers.runAll();

        assertThat(two.ids()).containsExactly(1L, 2L);
        assertThat(two.names()).contains("typing");
        refused.close(CloseReason.CLIENT_GONE);
        assertThat(node.hub.openStreams()).isEqualTo(1);
    }

    @Test
    void survivesHintsThatCannotBeBroadcast() {
        node.open(user, one);
        node.sse.fault(FakeSse.Fault.BUILDS_NOTHING);

        node.hub.accept(new Signal.Hint(user, "typing", "{}"));
        node.sse.fault(FakeSse.Fault.THROWS);
        node.hub.accept(new Signal.Hint(user, "typing", "{}"));
        node.writers.runAll();

        assertThat(one.isClosed()).isFalse();
    }

    @Test
    void freesEverythingEvenIfTheBroadcasterDoesNotClose() {
        Connection connection = node.open(user, one);
        node.sse.fault(FakeSse.Fault.REFUSES_TO_CLOSE);

        connection.close(CloseReason.CLIENT_GONE);

        assertThat(node.hub.users()).isEmpty();
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void letsTheBroadcasterForgetStreamsThatAreOver() {
        node.open(user, one);
        for (int i = 0; i < 50; i++) {
            node.open(user, new FakeWire()).close(CloseReason.CLIENT_GONE);
        }

        assertThat(node.sse.broadcasters().get(0).sinks()).isLessThanOrEqualTo(2);
    }

    @Test
    void readsTheLogOnceForAllDevicesThatAreBehindAtTheSamePlace() {
        node.open(user, one);
        node.open(user, two);
        node.log.append(user, 10);

        node.wakeUp(user, 10);
        node.writers.runAll();

        assertThat(one.ids()).containsExactlyElementsOf(upTo(10));
        assertThat(two.ids()).containsExactlyElementsOf(upTo(10));
        assertThat(node.log.pages()).isEqualTo(1);
    }

    @Test
    void keepsFramesOnlyUntilEveryDeviceHasThem() {
        Connection connection = node.open(user, one);
        node.open(user, two);
        UserStream stream = connection.user();
        two.takesNothing();

        node.commit(user, 1);
        node.writers.runAll();
        assertThat(stream.recent(1)).isNotNull();

        two.takesAll();
        node.hub.connections().forEach(Connection::signal);
        node.writers.runAll();
        assertThat(stream.recent(1)).isNull();
    }

    @Test
    void tellsAboutTheNewestPositionItHeardOf() {
        UserStream stream = node.open(user, one).user();

        stream.grown(7, null);
        stream.grown(5, null);
        assertThat(stream.latest()).isEqualTo(7);

        stream.retract(5, 3);
        assertThat(stream.latest()).as("somebody has announced more since").isEqualTo(7);
        stream.retract(7, 3);
        assertThat(stream.latest()).isEqualTo(3);
    }

    @Test
    void tellsTheBroadcasterThatAConnectionIsOver() {
        Connection connection = node.open(user, one);
        var sink = new WakeUpSink(connection);
        var event = new OutboundEvent.Builder().comment("wake-up").build();
        assertThat(sink.isClosed()).isFalse();
        assertThat(sink.send(event).toCompletableFuture()).isCompleted();

        connection.close(CloseReason.CLIENT_GONE);

        assertThat(sink.isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> sink.send(event));
    }

    @Test
    void doesNotCloseAConnectionThatTheBroadcasterLetsGo() {
        Connection connection = node.open(user, one);

        new WakeUpSink(connection).close();

        assertThat(connection.isClosed()).isFalse();
    }

    private static Iterable<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
