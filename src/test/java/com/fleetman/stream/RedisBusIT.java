package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.RedisServer;
import com.fleetman.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that wake each other over Redis, through cables that can be cut. */
@InContainer
@Tag("once")
class RedisBusIT {
    private static @Nullable RedisServer redis;
    private static @Nullable TcpProxy cable;

    @BeforeAll
    static void start() {
        RedisServer server = RedisServer.start("--requirepass", "only-for-tests");
        var proxy = new TcpProxy(server.port());
        redis = server;
        cable = proxy;
        Map<String, String> settings =
                Map.of("bus", "redis", "redis.url", "redis://:only-for-tests@127.0.0.1:" + proxy.port());
        Node.first().kill();
        for (Node node : List.of(Node.first(), Node.second())) {
            node.configure(settings);
            node.start();
        }
    }

    @AfterAll
    static void stop() {
        for (Node node : List.of(Node.first(), Node.second())) {
            node.configure(Map.of());
            if (node.isRunning()) {
                node.kill();
            }
        }
        if (cable != null) {
            cable.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void eventsReachTheDevicesOfEveryNodeWhateverTheBusDoes() {
        awaitReady("\"bus\":\"up\"");
        Account[] users = Account.friends(Node.first(), "Redis", "Lejos");
        try (EventStream far = EventStream.open(users[1].on(Node.second())).awaitConnected()) {
            write(users, 20);
            far.awaitId(41);
            users[0].post("messages/conversations/" + users[1].id() + "/typing", null)
                    .data();
            far.awaitNamed("typing");

            java.util.Objects.requireNonNull(cable).cut();
            awaitReady("\"bus\":\"degraded\"");
            write(users, 20);
            far.awaitId(81);

            java.util.Objects.requireNonNull(cable).heal();
            awaitReady("\"bus\":\"up\"");
            write(users, 20);
            far.awaitId(121);
            assertThat(far.ids())
                    .isEqualTo(LongStream.rangeClosed(2, 121).boxed().toList());
        }
    }

    private static void write(Account[] users, int messages) {
        for (int i = 0; i < messages; i++) {
            users[0].write(users[1], "mensaje " + i);
        }
    }

    private static void awaitReady(String state) {
        for (Node node : List.of(Node.first(), Node.second())) {
            await("readiness of " + node)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> {
                        Account.Answer answer = Account.exchange(node, "GET", "/health/ready", null);
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.http().body()).contains(state);
                    });
        }
    }
}
