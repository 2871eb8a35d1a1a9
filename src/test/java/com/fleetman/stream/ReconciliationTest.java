package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();
    private final FakeWire wire = new FakeWire();

    @Test
    void findsEveryWakeUpThatWasLost() {
        UUID other = Ids.next();
        FakeWire others = new FakeWire();
        node.open(user, wire);
        node.open(other, others);
        node.log.append(user, 3);
        node.log.append(other, 2);

        run();

        assertThat(wire.ids()).containsExactly(1L, 2L, 3L);
        assertThat(others.ids()).containsExactly(1L, 2L);
    }

    @Test
    void wakesNobodyWhoIsUpToDate() {
        node.open(user, wire);
        node.commit(user, 1);
        node.writers.runAll();

        node.reconciliation.run();

        assertThat(node.writers.queued()).isZero();
    }

    @Test
    void endsStreamsWhoseSessionEnded() {
        Connection connection = node.open(user, wire);
        node.liveSessions.remove(connection.sessionId());

        run();

        assertThat(wire.names()).containsExactly("message", "expired");
        assertThat(wire.text()).contains("{\"reason\":\"session_ended\"}");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void endsStreamsWhoseTokenRanOut() {
        node.open(user, wire);
        node.clock.pass(TestNode.TOKEN.minusMillis(1));
        expire();
        assertThat(wire.isClosed()).isFalse();

        node.clock.pass(Duration.ofMillis(1));
        expire();

        assertThat(wire.text()).endsWith("event: expired\ndata: {\"reason\":\"token_expired\"}\n\n");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void keepsStreamsWhoseSessionWasRefreshed() {
        Connection connection = node.open(user, wire);
        node.clock.pass(TestNode.TOKEN);
        node.liveSessions.put(connection.sessionId(), node.clock.instant().plus(TestNode.TOKEN));

        expire();
        run();

        assertThat(wire.isClosed()).isFalse();
        assertThat(connection.expiresAt()).isEqualTo(node.clock.instant().plus(TestNode.TOKEN));
        node.clock.pass(TestNode.TOKEN);
        expire();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void learnsOfARefreshBeforeTheTokenRunsOut() {
        Connection connection = node.open(user, wire);
        node.liveSessions.put(connection.sessionId(), node.clock.instant().plus(Duration.ofHours(1)));
        run();
        node.sessionsAway = true;

        node.clock.pass(TestNode.TOKEN);
        expire();

        assertThat(wire.isClosed()).isFalse();
    }

    @Test
    void asksNobodyWhileNothingIsDue() {
        node.open(user, wire);
        node.sessionsAway = true;

        expire(); // would fail if it asked

        assertThat(wire.isClosed()).isFalse();
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        Connection connection = node.open(user, wire);
        node.log.append(user, 1);
        node.liveSessions.remove(connection.sessionId());
        node.log.goAway();
        node.sessionsAway = true;
        node.clock.pass(TestNode.TOKEN);

        run();
        expire();
        assertThat(wire.isClosed()).isFalse();

        node.log.comeBack();
        node.sessionsAway = false;
        run();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void givesConnectedUsersTheirCopiesOfAnAnnouncementOnce() {
        UUID other = Ids.next();
        var otherWire = new FakeWire();
        node.open(user, wire);
        node.open(other, otherWire);
        node.announcements.announce();

        announce();
        announce();

        assertThat(wire.ids()).containsExactly(1L);
        assertThat(otherWire.ids()).containsExactly(1L);
        assertThat(node.log.pages()).as("pages read").isZero();
    }

    @Test
    void wakesWhoGotTheCopyFromAnotherNode() throws SQLException {
        node.open(user, wire);
        node.announcements.announce();
        node.announcements.settle(List.of(user)); // the other node

        announce();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void announcesAgainAfterAFailure() {
        node.open(user, wire);
        node.announcements.announce();
        node.log.goAway();
        announce();
        node.log.comeBack();

        announce();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void hasNothingToDoWithoutStreams() {
        run();
        expire();

        assertThat(node.hub.users()).isEmpty();
    }

    private void announce() {
        node.reconciliation.announce();
        node.writers.runAll();
    }

    private void run() {
        node.reconciliation.run();
        node.writers.runAll();
    }

    private void expire() {
        node.reconciliation.expireDue();
        node.writers.runAll();
    }
}
