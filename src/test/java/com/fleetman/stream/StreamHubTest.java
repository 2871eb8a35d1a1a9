package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.identity.Caller;
import com.fleetman.identity.SessionsEnded;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();

    @Test
    void supersedesTheOldestStreamBeyondTheLimitOfAUser() {
        FakeWire first = new FakeWire();
        FakeWire second = new FakeWire();
        node.open(user, first);
        node.open(user, second);
        node.open(user, new FakeWire());

        FakeWire fourth = new FakeWire();
        node.open(user, fourth);

        assertThat(first.names()).containsExactly("message", "superseded");
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
        assertThat(node.hub.openStreams()).isEqualTo(TestNode.PER_USER);

        node.open(user, new FakeWire());
        assertThat(second.isClosed()).isTrue();

        node.commit(user, 1);
        node.writers.runAll();
        assertThat(fourth.ids()).containsExactly(1L);
        assertThat(first.ids()).isEmpty();
    }

    @Test
    void doesNotLetASupersededClientThatTakesNothingKeepTheUsersPlace() {
        FakeWire blocked = new FakeWire();
        Connection superseded = node.open(user, blocked);
        blocked.takesNothing();
        for (int i = 0; i < TestNode.PER_USER; i++) {
            node.open(user, new FakeWire());
        }
        assertThat(blocked.isClosed()).as("it has not taken its farewell yet").isFalse();
        assertThat(superseded.user().connections()).hasSize(TestNode.PER_USER).doesNotContain(superseded);

        node.clock.pass(TestNode.STALL.plusSeconds(1));
        node.hub.cutStalled();

        assertThat(blocked.isClosed()).isTrue();
        assertThat(node.hub.openStreams()).isEqualTo(TestNode.PER_USER);
    }

    @Test
    void closesWhatAnAdministratorWantsClosedAndTellsItOnce() {
        List<String> over = new ArrayList<>();
        node.hub.watch((connection, reason) -> over.add(connection.id() + " " + reason));
        FakeWire first = new FakeWire();
        FakeWire second = new FakeWire();
        Connection one = node.open(user, first);
        Connection two = node.open(user, second);
        node.commit(user, 2);
        node.writers.runAll();
        assertThat(one.takeProgress()).isTrue();
        assertThat(one.takeProgress()).isFalse();
        assertThat(one.written()).isPositive().isEqualTo(two.written());

        node.hub.accept(new Signal.Close(null, one.id()));
        node.writers.runAll();
        assertThat(first.names()).endsWith("reconnect");
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();

        node.hub.accept(new Signal.Close(user, null));
        node.writers.runAll();
        assertThat(second.isClosed()).isTrue();
        assertThat(over).containsExactly(one.id() + " CLOSED_BY_ADMIN", two.id() + " CLOSED_BY_ADMIN");
    }

    @Test
    void forgetsAUserWhoseOnlyStreamLeftIsASupersededOne() {
        FakeWire blocked = new FakeWire();
        Connection superseded = node.open(user, blocked);
        blocked.takesNothing();
        List<Connection> others = new ArrayList<>();
        for (int i = 0; i < TestNode.PER_USER; i++) {
            others.add(node.open(user, new FakeWire()));
        }
        others.forEach(connection -> connection.close(CloseReason.CLIENT_GONE));
        assertThat(node.hub.users()).isEmpty();

        FakeWire next = new FakeWire();
        node.open(user, next);
        superseded.close(CloseReason.STALLED);

        assertThat(node.hub.users()).hasSize(1);
        node.commit(user, 1);
        node.writers.runAll();
        assertThat(next.ids()).containsExactly(1L);
    }

    @Test
    void refusesMoreStreamsThanTheNodeTakes() {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < TestNode.PER_NODE; i++) {
            open.add(node.open(Ids.next(), new FakeWire()));
        }

        Problem problem = refused();
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("too_many_streams");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(node.hub.openStreams()).isEqualTo(TestNode.PER_NODE);

        open.get(0).close(CloseReason.CLIENT_GONE);
        node.open(user, new FakeWire());
        assertThat(node.hub.openStreams()).isEqualTo(TestNode.PER_NODE);
    }

    @Test
    void tellsManyClientsDifferentReconnectionTimesSoThatTheyDoNotComeBackAllAtOnceAfterACrash() {
        StreamHub large = node.hub(node.writers, 3_000);
        var times = new ArrayList<Long>();
        for (int i = 0; i < 2_000; i++) {
            var wire = new FakeWire();
            Connection connection = large.admit(node.caller(Ids.next()), node.sse);
            large.start(connection, wire, node.bounds(connection.user().userId()), null);
            node.writers.runAll();
            String retry = wire.blocks().get(0).lines().findFirst().orElseThrow();
            times.add(Long.parseLong(retry.substring("retry: ".length())));
        }

        assertThat(times.subList(0, 100)).containsOnly(3_000L);
        assertThat(times).allSatisfy(time -> assertThat(time).isBetween(3_000L, 4_900L));
        assertThat(Set.copyOf(times.subList(1_000, 2_000))).hasSizeGreaterThan(100);
    }

    @Test
    void freesEverythingWhenTheLastStreamLeaves() {
        Connection one = node.open(user, new FakeWire());
        Connection two = node.open(user, new FakeWire());
        node.commit(user, 3);
        node.writers.runAll();

        one.close(CloseReason.CLIENT_GONE);
        assertThat(node.hub.users()).hasSize(1);
        assertThat(node.sse.broadcasters().get(0).isClosed()).isFalse();

        two.close(CloseReason.CLIENT_GONE);
        assertThat(node.hub.users()).isEmpty();
        assertThat(node.hub.connections()).isEmpty();
        assertThat(node.hub.openStreams()).isZero();
        assertThat(node.sse.broadcasters().get(0).isClosed()).isTrue();
    }

    @Test
    void freesEverythingOfStreamsThatCouldNotBeOpened() {
        for (int i = 0; i < 10 * TestNode.PER_NODE; i++) {
            node.hub.admit(node.caller(Ids.next()), node.sse).close(CloseReason.FAILED);
        }

        assertThat(node.hub.openStreams()).isZero();
        assertThat(node.hub.users()).isEmpty();
        assertThat(node.hub.connections()).isEmpty();
    }

    @Test
    void givesThePlaceBackIfTheUserCannotEvenHaveABroadcaster() {
        node.sse.fault(FakeSse.Fault.MAKES_NO_BROADCASTER);
        for (int i = 0; i < 10; i++) {
            Caller caller = node.caller(user);
            assertThatIllegalStateException().isThrownBy(() -> node.hub.admit(caller, node.sse));
        }

        assertThat(node.hub.openStreams()).isZero();
        assertThat(node.hub.users()).isEmpty();
    }

    @Test
    void doesNotMissWhatIsCommittedWhileAStreamIsBeingOpened() {
        FakeWire wire = new FakeWire();
        Connection connection = node.hub.admit(node.caller(user), node.sse);
        LogReader.Bounds bounds = node.bounds(user);
        node.commit(user, 2); // after the bounds were read, before anything was written
        node.writers.runAll();

        node.hub.start(connection, wire, bounds, null);
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L, 2L);
    }

    @Test
    void signalsNobodyElse() {
        FakeWire mine = new FakeWire();
        FakeWire others = new FakeWire();
        node.open(user, mine);
        node.open(Ids.next(), others);

        node.commit(user, 1);

        assertThat(node.writers.queued()).isEqualTo(1);
        node.writers.runAll();
        assertThat(others.blocks()).hasSize(1);
    }

    @Test
    void takesSignalsOfUsersWhoAreNotHere() {
        node.wakeUp(Ids.next(), 9);
        node.hub.accept(new Signal.Hint(Ids.next(), "typing", "{}"));
        node.hub.accept(new Signal.Ended(Set.of(Ids.next()), "logged_out"));
        node.hub.reconcile(Ids.next(), 9);

        assertThat(node.hub.users()).isEmpty();
        assertThat(node.writers.queued()).isZero();
    }

    @Test
    void sendsHintsToAllDevicesOfAUser() {
        FakeWire one = new FakeWire();
        FakeWire two = new FakeWire();
        node.open(user, one);
        node.open(user, two);

        node.hub.accept(new Signal.Hint(user, "typing", "{\"a\":1}"));
        node.writers.runAll();

        assertThat(one.text()).endsWith("event: typing\ndata: {\"a\":1}\n\n");
        assertThat(two.text()).endsWith("event: typing\ndata: {\"a\":1}\n\n");
    }

    @Test
    void endsTheStreamsOfSessionsThatEnded() {
        FakeWire ends = new FakeWire();
        FakeWire stays = new FakeWire();
        Connection ending = node.open(user, ends);
        node.open(user, stays);

        node.hub.accept(new Signal.Ended(Set.of(ending.sessionId(), Ids.next()), "logged_out"));
        node.writers.runAll();

        assertThat(ends.names()).containsExactly("message", "expired");
        assertThat(ends.text()).contains("{\"reason\":\"logged_out\"}");
        assertThat(ends.isClosed()).isTrue();
        assertThat(stays.isClosed()).isFalse();
    }

    @Test
    void publishesWhatIsObservedAfterCommits() {
        var wakeUp = new Signal.WakeUp(user, 1, null);
        var hint = new Signal.Hint(user, "typing", "{}");
        UUID session = Ids.next();

        node.hub.onWakeUp(wakeUp);
        node.hub.onHint(hint);
        node.hub.onSessionsEnded(new SessionsEnded(user, Set.of(session), SessionsEnded.Reason.LOGGED_OUT));

        assertThat(node.bus.published()).contains(wakeUp, hint, new Signal.Ended(Set.of(session), "logged_out"));
    }

    @Test
    void asksEverybodyToComeBackElsewhereWhenItDrains() {
        FakeWire wire = new FakeWire();
        FakeWire blocked = new FakeWire();
        node.open(user, wire);
        node.open(Ids.next(), blocked);
        blocked.takesNothing();

        node.hub.drain();
        node.writers.runAll();

        assertThat(wire.names()).containsExactly("message", "reconnect");
        assertThat(wire.blocks().get(1)).startsWith("retry: ").contains("\"reason\":\"shutting_down\"");
        assertThat(wire.isClosed()).isTrue();
        assertThat(node.hub.openStreams()).as("the blocked one").isEqualTo(1);
        assertThat(refused().code()).isEqualTo("shutting_down");
        assertThat(node.hub.openStreams()).isEqualTo(1);
    }

    @Test
    void alsoDrainsAStreamThatIsJustBeingOpened() {
        FakeWire wire = new FakeWire();
        Connection connection = node.hub.admit(node.caller(user), node.sse);
        node.hub.drain();
        node.writers.runAll();

        node.start(connection, wire, null);
        node.writers.runAll();

        assertThat(wire.names()).containsExactly("message", "reconnect");
        assertThat(node.hub.openStreams()).isZero();
    }

    @Test
    void sendsEveryStreamOneHeartbeatPerTurn() {
        FakeWire one = new FakeWire();
        FakeWire two = new FakeWire();
        node.open(user, one);
        node.open(Ids.next(), two);

        node.fullTurnOfTheWheel();
        node.writers.runAll();
        node.fullTurnOfTheWheel();
        node.writers.runAll();

        assertThat(one.names()).containsExactly("message", ": heartbeat", ": heartbeat");
        assertThat(two.names()).containsExactly("message", ": heartbeat", ": heartbeat");
    }

    private Problem refused() {
        Caller caller = node.caller(user);
        Problem problem = catchThrowableOfType(Problem.class, () -> node.hub.admit(caller, node.sse));
        assertThat(problem).isNotNull();
        return problem;
    }
}
