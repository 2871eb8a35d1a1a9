package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fleetman.platform.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final int PAGE = 64;
    private static final int BATCH_BYTES = 16_384;

    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();
    private final FakeWire wire = new FakeWire();

    @AfterEach
    void keptTheRulesOfTheWire() {
        assertThat(wire.breaches()).isEmpty();
    }

    @Test
    void beginsWithTheConnectedEventAndNothingElse() {
        node.log.append(user, 5);

        node.open(user, wire);

        assertThat(wire.blocks()).hasSize(1);
        assertThat(wire.text())
                .startsWith(
                        "retry: 3000\nid: 5\ndata: {\"type\":\"connected\",\"message\":\"SSE connection established\"")
                .contains("\"seq\":5", "\"counts\":{\"notifications\":3,\"messages\":4}", "\"heartbeatMs\":30000")
                .endsWith("}\n\n");
        assertThat(wire.isFlushed()).isTrue();
        assertThat(wire.isClosed()).isFalse();
    }

    @Test
    void sendsWhatIsCommittedInOrder() {
        node.open(user, wire);

        node.commit(user, "{\"n\":1}");
        node.commit(user, "{\"n\":2}");
        node.writers.runAll();

        assertThat(wire.text())
                .endsWith("id: 1\nevent: test\ndata: {\"n\":1}\n\nid: 2\nevent: test\ndata: {\"n\":2}\n\n");
        assertThat(wire.isFlushed()).isTrue();
        assertThat(node.log.pages()).as("pages read, since all was at hand").isZero();
    }

    @Test
    void replaysWhatTheClientMissed() {
        node.log.append(user, 200);

        Connection connection = node.open(user, wire, "70");

        assertThat(wire.ids()).containsExactlyElementsOf(upTo(71, 200));
        assertThat(connection.cursor()).isEqualTo(200);
        assertThat(connection.delivered()).isEqualTo(130);
        assertThat(node.log.pages()).isEqualTo(3);
    }

    @Test
    void isResetAtItsStartIfThePositionIsGone() {
        node.log.append(user, 20);
        node.log.drop(user, 10);

        node.open(user, wire, "5");

        assertThat(wire.names()).containsExactly("message", "reset");
        assertThat(wire.blocks().get(0))
                .as("the connected event must not move the client")
                .doesNotContain("id:");
        assertThat(wire.blocks().get(1)).startsWith("id: 20\n").contains("\"reason\":\"expired\"");

        node.commit(user, 1);
        node.writers.runAll();
        assertThat(wire.ids()).containsExactly(21L);
    }

    @Test
    void isResetInTheMiddleIfTheRetentionOvertakesIt() {
        node.open(user, wire);
        wire.takesNothing();
        node.commit(user, 300);
        node.writers.runAll();
        node.log.drop(user, 280);

        wire.takesAll();
        signal();

        assertThat(wire.names()).contains("reset");
        assertThat(wire.text()).contains("id: 300\nevent: reset\ndata: {\"reason\":\"expired\",\"seq\":300");
        node.commit(user, 1);
        node.writers.runAll();
        assertThat(wire.ids()).endsWith(301L).doesNotHaveDuplicates().isSorted();
        assertThat(wire.ids()).doesNotContain(270L, 290L);
    }

    @Test
    void findsWhatNoWakeUpToldIt() {
        node.open(user, wire);
        node.log.append(user, 2); // lost wake-ups

        node.commit(user, 1);
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void doesNotMindWakeUpsThatAreDoubledLateOrOutOfOrder() {
        node.open(user, wire);
        Frame first = node.log.append(user, "1");
        Frame second = node.log.append(user, "2");
        Frame third = node.log.append(user, "3");

        for (Frame frame : new Frame[] {third, first, first, third, second}) {
            node.hub.accept(new Signal.WakeUp(user, frame.seq(), frame));
            node.writers.runAll();
        }

        assertThat(wire.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void takesBackAPositionThatTheLogDoesNotHave() {
        Connection connection = node.open(user, wire);

        node.wakeUp(user, 1_000);
        node.writers.runAll();
        int pages = node.log.pages();
        connection.signal();
        node.writers.runAll();

        assertThat(node.log.pages()).as("it does not look again for ever").isEqualTo(pages);
        assertThat(connection.isBehind()).isFalse();
        node.commit(user, 1);
        node.writers.runAll();
        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void runsOneWriterHoweverOftenItIsSignalled() {
        Connection connection = node.open(user, wire);

        for (int i = 0; i < 1_000; i++) {
            connection.signal();
        }

        assertThat(node.writers.queued()).isEqualTo(1);
        node.writers.runAll();
        connection.signal();
        assertThat(node.writers.queued()).isEqualTo(1);
    }

    @Test
    void seesASignalThatComesWhileItsWriterIsAboutToEnd() {
        node.open(user, wire);
        int[] calls = {0};
        wire.meanwhile(() -> {
            if (calls[0]++ == 0) {
                node.commit(user, 1);
            }
        });

        signal();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void seesAClientThatIsReadyAgainJustWhenItsWriterGivesUp() {
        Connection connection = node.open(user, wire);
        wire.takesNothing();
        node.clock.meanwhile(() -> {
            wire.takesAll();
            connection.signal();
        });

        node.commit(user, 1);
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void readsNothingForAClientThatTakesNothing() {
        Connection connection = node.open(user, wire);
        wire.takesNothing();

        node.log.append(user, 10_000);
        node.wakeUp(user, 10_000);
        for (int i = 0; i < 100; i++) {
            signal();
        }

        assertThat(node.log.pages()).isZero();
        assertThat(connection.isBehind()).isTrue();
    }

    @Test
    void goesOnWhereItStoppedOnceTheClientTakesSomething() {
        node.open(user, wire);
        node.log.append(user, 1_000);
        wire.takes(500);
        node.wakeUp(user, 1_000);
        node.writers.runAll();
        int before = wire.ids().size();
        assertThat(before).isBetween(1, 999);

        while (wire.ids().size() < 1_000) {
            wire.takes(1);
            signal();
        }

        assertThat(wire.ids()).containsExactlyElementsOf(upTo(1, 1_000));
    }

    @Test
    void keepsNoPageForAClientThatTakesNothing() {
        node.open(user, wire);
        for (int i = 0; i < PAGE; i++) {
            node.log.append(user, "x".repeat(20_000)); // too large for the tail
        }
        wire.takes(1);
        node.wakeUp(user, PAGE);
        node.writers.runAll();
        assertThat(wire.ids()).containsExactly(1L);
        int pages = node.log.pages();

        wire.takes(1);
        signal();

        assertThat(wire.ids()).containsExactly(1L, 2L);
        assertThat(node.log.pages()).as("the page was dropped and read again").isEqualTo(pages + 1);
    }

    @Test
    void writesManySmallEventsAtOnceAndNeverMoreThanTheBatch() {
        node.log.append(user, 2_000);

        node.open(user, wire, "0");

        assertThat(wire.ids()).hasSize(2_000);
        assertThat(wire.writes()).allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(BATCH_BYTES));
        assertThat(wire.writes()).hasSizeLessThan(40);
    }

    @Test
    void writesAnEventThatIsLargerThanTheBatchByItself() {
        node.log.append(user, 1);
        node.log.append(user, "x".repeat(3 * BATCH_BYTES));
        node.log.append(user, 1);

        node.open(user, wire, "0");

        assertThat(wire.ids()).containsExactly(1L, 2L, 3L);
        assertThat(wire.writes()).hasSize(4);
    }

    @Test
    void sendsAllThatItReadEvenPastTheLastWakeUp() {
        node.log.append(user, 40);
        Connection connection = node.open(user, wire);
        for (int i = 0; i < 20; i++) {
            node.log.append(user, "x".repeat(BATCH_BYTES)); // without any wake-up, and too large for the tail
        }

        node.wakeUp(user, 41);
        node.writers.runAll();

        assertThat(wire.ids()).as("an idle stream keeps no page").containsExactlyElementsOf(upTo(41, 60));
        assertThat(connection.delivered()).isEqualTo(20);
    }

    @Test
    void sendsAHeartbeatOnlyWhenItIsDue() {
        Connection connection = node.open(user, wire);
        signal();
        assertThat(wire.names()).containsExactly("message");

        connection.heartbeat();
        connection.heartbeat();
        node.writers.runAll();
        signal();

        assertThat(wire.names()).containsExactly("message", ": heartbeat");
        assertThat(wire.isFlushed()).isTrue();
    }

    @Test
    void keepsABlockedClientsHeartbeatForLaterAndOnlyOnce() {
        Connection connection = node.open(user, wire);
        wire.takesNothing();
        for (int i = 0; i < 10; i++) {
            connection.heartbeat();
            node.writers.runAll();
        }

        wire.takesAll();
        signal();

        assertThat(wire.names()).containsExactly("message", ": heartbeat");
    }

    @Test
    void sendsHeartbeatsWhileTheLogCannotBeRead() {
        Connection connection = node.open(user, wire);
        node.log.goAway();
        node.wakeUp(user, 1);
        node.writers.runAll();

        connection.heartbeat();
        node.writers.runAll();

        assertThat(wire.names()).containsExactly("message", ": heartbeat");
        assertThat(wire.isFlushed()).isTrue();
    }

    @Test
    void sendsHintsWithoutMovingTheCursor() {
        Connection connection = node.open(user, wire);

        connection.hint(Frame.hint("typing", "{}"));
        node.writers.runAll();

        assertThat(wire.text()).endsWith("event: typing\ndata: {}\n\n");
        assertThat(connection.cursor()).isZero();
        assertThat(connection.delivered()).isZero();
    }

    @Test
    void keepsOnlyAFewHintsForAClientThatTakesNothing() {
        Connection connection = node.open(user, wire);
        wire.takesNothing();
        for (int i = 0; i < 10_000; i++) {
            connection.hint(Frame.hint("typing", "{}"));
        }
        node.writers.runAll();

        wire.takesAll();
        signal();

        assertThat(wire.names().stream().filter("typing"::equals)).hasSize(16);
    }

    @Test
    void saysItsFarewellAfterTheOpeningAndThenCloses() {
        Connection connection = node.hub.admit(node.caller(user), node.sse);
        connection.endWith(CloseReason.EXPIRED, StreamEvents.expired("session_ended"));
        node.writers.runAll();
        assertThat(connection.isClosed()).isFalse();
        node.log.append(user, 5);

        node.start(connection, wire, "0");
        node.writers.runAll();

        assertThat(wire.names()).containsExactly("message", "expired");
        assertThat(wire.isFlushed()).isTrue();
        assertThat(wire.closes()).isEqualTo(1);
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void saysOnlyItsFirstFarewell() {
        Connection connection = node.open(user, wire);

        connection.endWith(CloseReason.SUPERSEDED, StreamEvents.superseded());
        connection.endWith(CloseReason.EXPIRED, StreamEvents.expired("token_expired"));
        node.writers.runAll();

        assertThat(wire.names()).containsExactly("message", "superseded");
        assertThat(wire.blocks().get(1)).startsWith("retry: 3600000\n");
    }

    @Test
    void waitsWithItsFarewellForTheClientButNotWithTheEnd() {
        Connection connection = node.open(user, wire);
        wire.takesNothing();
        node.commit(user, 5);
        connection.endWith(CloseReason.DRAINED, StreamEvents.reconnect(Duration.ofSeconds(2)));
        node.writers.runAll();
        assertThat(wire.isClosed()).isFalse();

        wire.takes(1);
        signal();
        assertThat(wire.names()).containsExactly("message", "reconnect");
        assertThat(wire.isClosed()).as("closed only once everything is out").isFalse();

        wire.takesAll();
        signal();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void isStalledOnceTheClientTakesNothingForLongerThanTheLimit() {
        Connection connection = node.open(user, wire);
        node.clock.pass(Duration.ofHours(1));
        assertThat(isStalled(connection)).as("idle is not stalled").isFalse();

        wire.takesNothing();
        node.commit(user, 1);
        node.writers.runAll();
        node.clock.pass(TestNode.STALL);
        assertThat(isStalled(connection)).isFalse();
        node.clock.pass(Duration.ofMillis(1));
        assertThat(isStalled(connection)).isTrue();

        wire.takesAll();
        signal();
        assertThat(isStalled(connection)).isFalse();
    }

    @Test
    void isCutByTheHubOnceItIsStalled() {
        node.open(user, wire);
        FakeWire other = new FakeWire();
        node.open(user, other);
        wire.takesNothing();
        node.commit(user, 1);
        node.writers.runAll();
        node.clock.pass(TestNode.STALL.plusMillis(1));

        node.hub.cutStalled();

        assertThat(wire.isClosed()).isTrue();
        assertThat(other.isClosed()).isFalse();
        assertThat(other.ids()).containsExactly(1L);
        assertThat(node.hub.openStreams()).isEqualTo(1);
    }

    @Test
    void isStalledEvenIfTheContainerNeverAllowedTheFirstByte() {
        wire.takesNothing();
        Connection connection = node.open(user, wire);
        node.clock.pass(TestNode.STALL.plusMillis(1));

        assertThat(isStalled(connection)).isTrue();
    }

    @Test
    void isOverWhenAWriteFails() {
        Connection connection = node.open(user, wire);
        wire.failsWith(new IOException("broken pipe"));

        node.commit(user, 1);
        node.writers.runAll();

        assertThat(connection.isClosed()).isTrue();
        assertThat(wire.closes()).isEqualTo(1);
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void isOverWhenTheWriterBreaksDown() {
        Connection connection = node.open(user, wire);
        wire.failsWith(new OutOfMemoryError("not really"));

        node.commit(user, 1);
        assertThatThrownBy(node.writers::runAll).isInstanceOf(OutOfMemoryError.class);

        assertThat(connection.isClosed()).isTrue();
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void givesItsPlaceBackEvenIfTheContainerFailsToEndTheResponse() {
        Connection connection = node.open(user, wire);
        wire.failsToClose(new NullPointerException("recycled"));

        assertThatThrownBy(() -> connection.close(CloseReason.STALLED)).isInstanceOf(NullPointerException.class);

        assertThat(node.hub.openStreams()).isZero();
        assertThat(node.hub.users()).isEmpty();
    }

    @Test
    void keepsItsPlaceWhileTheLogCannotBeReadAndGoesOnAfterwards() {
        Connection connection = node.open(user, wire);
        node.log.append(user, 3);
        node.log.goAway();
        node.wakeUp(user, 3);
        node.writers.runAll();
        assertThat(wire.ids()).isEmpty();
        assertThat(connection.isClosed()).isFalse();

        node.log.comeBack();
        node.reconciliation.run();
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void writesNothingMoreOnceItIsClosed() {
        Connection connection = node.open(user, wire);
        String before = wire.text();
        connection.close(CloseReason.CLIENT_GONE);
        connection.close(CloseReason.STALLED);

        connection.heartbeat();
        connection.hint(Frame.hint("typing", "{}"));
        connection.endWith(CloseReason.EXPIRED, StreamEvents.expired("token_expired"));
        node.commit(user, 1);
        node.writers.runAll();

        assertThat(wire.text()).isEqualTo(before);
        assertThat(wire.closes()).isEqualTo(1);
    }

    @Test
    void closesAWireThatComesTooLate() {
        Connection connection = node.hub.admit(node.caller(user), node.sse);
        connection.close(CloseReason.CLIENT_GONE);

        node.start(connection, wire, null);
        node.writers.runAll();

        assertThat(wire.text()).isEmpty();
        assertThat(wire.isClosed()).isTrue();
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void endsWhenThereAreNoWritersAnyMore() {
        Connection connection = node.open(user, wire);
        node.writers.shutDown();

        connection.signal();

        assertThat(connection.isClosed()).isTrue();
        assertThat(node.hub.users()).isEmpty();
    }

    @Test
    void movesItsExpiryOnlyForward() {
        Connection connection = node.open(user, wire);
        var before = connection.expiresAt();

        connection.renewUntil(before.minusSeconds(1));
        assertThat(connection.expiresAt()).isEqualTo(before);
        connection.renewUntil(before.plusSeconds(1));
        assertThat(connection.expiresAt()).isEqualTo(before.plusSeconds(1));
    }

    private void signal() {
        node.hub.connections().forEach(Connection::signal);
        node.writers.runAll();
    }

    private boolean isStalled(Connection connection) {
        return connection.isStalled(TestNode.STALL.toNanos());
    }

    private static Iterable<Long> upTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
