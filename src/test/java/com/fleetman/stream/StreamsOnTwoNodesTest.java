package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of a user's streams ({@link TestNode#PER_USER}) holds over all nodes. */
class StreamsOnTwoNodesTest {
    private final TestNode one = new TestNode();
    private final TestNode two = new TestNode();
    private final UUID user = Ids.next();

    @BeforeEach
    void connect() {
        LocalBus.connect(one.bus, two.bus);
    }

    @Test
    void theOldestAnywhereGivesWay() {
        FakeWire first = open(one);
        FakeWire second = open(two);
        FakeWire third = open(one);
        assertThat(first.isClosed()).isFalse();

        FakeWire fourth = open(two);
        assertThat(first.isClosed()).isTrue();
        assertThat(first.names()).endsWith("superseded");
        assertThat(second.isClosed()).isFalse();

        open(one);
        assertThat(second.isClosed()).isTrue();
        assertThat(third.isClosed()).isFalse();
        assertThat(fourth.isClosed()).isFalse();
    }

    @Test
    void streamsThatHaveEndedDoNotCount() {
        FakeWire first = open(one);
        Connection second = two.open(user, new FakeWire());
        Connection third = two.open(user, new FakeWire());
        second.close(CloseReason.CLIENT_GONE);
        third.close(CloseReason.CLIENT_GONE);

        open(two);
        open(two);

        assertThat(first.isClosed()).isFalse();
    }

    @Test
    void streamsOfANodeThatIsGoneDoNotCount() {
        FakeWire first = open(one);
        open(two);
        open(two);
        LocalBus.disconnect(one.bus, two.bus);
        one.clock.pass(Duration.ofMinutes(1));

        open(one);
        assertThat(first.isClosed()).isFalse();

        one.hub.accept(new Signal.Alive("node-" + System.identityHashCode(two.bus)));
        open(one);
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void nothingIsKeptOfUsersWhoAreNotHere() {
        open(two);
        open(one);
        Connection last = one.open(Ids.next(), new FakeWire());

        last.close(CloseReason.CLIENT_GONE);

        assertThat(one.hub.users()).hasSize(1);
    }

    /** Each in a millisecond of its own, which is how exactly their order is known. */
    private FakeWire open(TestNode node) {
        long last = System.currentTimeMillis();
        while (System.currentTimeMillis() == last) {
            Thread.onSpinWait();
        }
        var wire = new FakeWire();
        node.open(user, wire);
        one.writers.runAll();
        two.writers.runAll();
        return wire;
    }
}
