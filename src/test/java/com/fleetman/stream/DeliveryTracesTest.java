package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is told of traced events when they are written to streams. */
class DeliveryTracesTest {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();

    private Signal.WakeUp traced() {
        Frame frame = node.log.append(user, "{}", TRACEPARENT);
        return new Signal.WakeUp(user, frame.seq(), frame);
    }

    @Test
    void everyStreamThatGetsATracedEventIsTold() {
        Connection first = node.open(user, new FakeWire());
        Connection second = node.open(user, new FakeWire());

        node.hub.onWakeUp(traced());
        node.clock.pass(Duration.ofMillis(20));
        node.writers.runAll();

        long nanos = Duration.ofMillis(20).toNanos();
        assertThat(node.tracing.deliveries())
                .extracting(Tracing.Delivery::streamId)
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(node.tracing.deliveries()).allSatisfy(delivery -> {
            assertThat(delivery.nanosSinceCommit()).isCloseTo(nanos, org.assertj.core.data.Offset.offset(1L));
            assertThat(delivery)
                    .isEqualTo(new Tracing.Delivery(
                            "test", TRACEPARENT, user, 1, delivery.streamId(), false, 0, delivery.nanosSinceCommit()));
        });
    }

    @Test
    void whatIsOlderThanTheStreamIsReplayed() {
        traced();
        traced();

        Connection stream = node.open(user, new FakeWire(), "0");

        assertThat(node.tracing.deliveries())
                .containsExactly(
                        new Tracing.Delivery("test", TRACEPARENT, user, 1, stream.id(), true, 1, 0),
                        new Tracing.Delivery("test", TRACEPARENT, user, 2, stream.id(), true, 0, 0));
    }

    @Test
    void nothingIsToldOfTheOthers() {
        node.open(user, new FakeWire());
        node.commit(user, 3);
        node.writers.runAll();

        assertThat(node.metrics.deliveredCount()).isEqualTo(3);
        assertThat(node.tracing.deliveries()).isEmpty();
    }

    @Test
    void aCommitEndsWhatWasTracedOfIt() {
        var ended = new AtomicInteger();
        var append = new Tracing.Append() {
            @Override
            public String traceparent() {
                return TRACEPARENT;
            }

            @Override
            public void committed() {
                ended.incrementAndGet();
            }
        };

        node.hub.onCommit(new Appended.Commit(List.of(traced()), List.of(append)));

        assertThat(ended).hasValue(1);
    }
}
