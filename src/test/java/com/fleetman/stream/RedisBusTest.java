package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.Ids;
import com.fleetman.testing.RedisServer;
import com.fleetman.testing.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/** Two buses on one server, a breakable cable before the second. */
@Timeout(120)
class RedisBusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PASSWORD = "p@ss";

    private final RedisServer server = RedisServer.start("--requirepass", PASSWORD);
    private final TcpProxy cable = new TcpProxy(server.port());
    private final RedisBus here = bus(server.port(), "here");
    private final RedisBus there = bus(cable.port(), "there");
    private final List<Signal> heard = new CopyOnWriteArrayList<>();
    private final UUID user = Ids.next();

    private static RedisBus bus(int port, String node) {
        return new RedisBus(URI.create("redis://:p%40ss@127.0.0.1:" + port), node, 200, new BusMetrics());
    }

    @AfterEach
    void stop() {
        here.stop();
        there.stop();
        cable.close();
        server.close();
    }

    @Test
    void carriesEventsWholeToANodeThatHasTheUser() {
        listen();
        there.hold(user);
        awaitMissed(2);

        Frame frame = Frame.logged(7, "chat", "{\"ñ\":\"中\"}");
        here.publish(new Signal.WakeUp(user, 7, frame));

        awaitUntil(() -> wakeUps().size() == 1);
        assertThat(wakeUps().get(0).seq()).isEqualTo(7);
        assertThat(wakeUps().get(0).frame())
                .isNotNull()
                .satisfies(arrived -> assertThat(arrived.bytes()).isEqualTo(frame.bytes()));
    }

    @Test
    void hearsOnlyOfUsersItHas() {
        listen();
        UUID other = anotherBucket();
        there.hold(user);
        awaitMissed(2);

        here.publish(new Signal.WakeUp(other, 1, null));
        here.publish(new Signal.WakeUp(user, 2, null));
        awaitUntil(() -> wakeUps().size() == 1);
        there.release(user);
        there.hold(other);
        awaitMissed(3);
        here.publish(new Signal.WakeUp(user, 3, null));
        here.publish(new Signal.WakeUp(other, 4, null));
        awaitUntil(() -> wakeUps().size() == 2);

        assertThat(wakeUps()).containsExactly(new Signal.WakeUp(user, 2, null), new Signal.WakeUp(other, 4, null));
    }

    @Test
    void tellsAllNodesOfEndedSessions() {
        listen();
        var ended = new Signal.Ended(Set.of(Ids.next()), "logged_out");

        here.publish(ended);

        awaitUntil(() -> heard.contains(ended));
    }

    @Test
    void comesBackAfterACut() {
        listen();
        there.hold(user);
        awaitMissed(2);

        cable.cut();
        awaitUntil(() -> !there.isUp());
        assertThat(here.isUp()).isTrue();
        here.publish(new Signal.WakeUp(user, 1, null));
        cable.heal();

        awaitMissed(3);
        awaitUntil(there::isUp);
        here.publish(new Signal.WakeUp(user, 2, null));
        awaitUntil(() -> wakeUps().contains(new Signal.WakeUp(user, 2, null)));
    }

    @Test
    void noticesAServerThatVanishedWithoutAWord() {
        listen();

        cable.goDead();
        awaitUntil(() -> !there.isUp());
        cable.heal();

        awaitUntil(there::isUp);
    }

    @Test
    void neverBlocksNorGrowsWithoutItsServerAndCountsWhatItDrops() {
        listen();
        server.stop();

        for (int i = 0; i < 50_000; i++) {
            here.publish(new Signal.Hint(user, "typing", "{}"));
        }

        awaitUntil(() -> !here.isUp());
        assertThat(here.dropped()).isGreaterThan(30_000);
        server.startAgain();
        awaitUntil(() -> {
            here.publish(new Signal.Hint(user, "typing", "{}"));
            return here.isUp();
        });
    }

    @Test
    void noticesThatItMayNotSend() {
        listen();
        try (Connection connection = connect()) {
            for (String rights : List.of("resetchannels", "-publish")) {
                connection.sendCommand(Protocol.Command.ACL, "SETUSER", "default", rights);
                connection.getOne();
            }
        }

        awaitUntil(() -> {
            here.publish(new Signal.Alive(""));
            return !here.isUp();
        });
    }

    @Test
    void passesOverWhatItDoesNotUnderstand() {
        listen();
        there.hold(user);
        awaitMissed(2);

        try (Connection connection = connect()) {
            for (String text : List.of("", "what is this?", "{\"v\":2,\"node\":\"x\",\"events\":7}", "{\"v\":1}")) {
                connection.sendCommand(Protocol.Command.PUBLISH, RedisBus.channel(user), text);
                connection.getOne();
            }
        }
        here.publish(new Signal.WakeUp(user, 2, null));

        awaitUntil(() -> wakeUps().contains(new Signal.WakeUp(user, 2, null)));
        assertThat(wakeUps()).hasSize(1);
    }

    @Test
    void leavesNoThreadBehind() {
        listen();

        there.stop();
        there.stop();
        here.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("fleetman-bus-receiver", "fleetman-bus-keeper");
    }

    @Test
    void doesNotTellItsPassword() {
        assertThat(new RedisAddress(URI.create("redis://:p%40ss@127.0.0.1:1"), "test", 1_000).toString())
                .isEqualTo("127.0.0.1:1");
    }

    private Connection connect() {
        return new RedisAddress(URI.create("redis://:p%40ss@127.0.0.1:" + server.port()), "test", 1_000).connect();
    }

    private void listen() {
        here.start(signal -> {});
        there.start(heard::add);
        awaitUntil(() -> here.isUp() && there.isUp());
    }

    private void awaitMissed(int times) {
        awaitUntil(() -> heard.stream().filter(Signal.Missed.class::isInstance).count() >= times);
    }

    private List<Signal.WakeUp> wakeUps() {
        var found = new ArrayList<Signal.WakeUp>();
        heard.forEach(signal -> {
            if (signal instanceof Signal.WakeUp wakeUp) {
                found.add(wakeUp);
            }
        });
        return found;
    }

    private UUID anotherBucket() {
        UUID other = Ids.next();
        while (Interest.bucket(other) == Interest.bucket(user)) {
            other = Ids.next();
        }
        return other;
    }

    private static void awaitUntil(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }
}
