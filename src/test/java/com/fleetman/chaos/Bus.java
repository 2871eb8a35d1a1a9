package com.fleetman.chaos;

import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import com.fleetman.testing.RedisServer;
import com.fleetman.testing.Rows;
import com.fleetman.testing.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** How the nodes wake each other, over Redis or over PostgreSQL, and how that is disturbed. */
final class Bus implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final @Nullable RedisServer redis;
    private final @Nullable TcpProxy cable;

    private Bus(@Nullable RedisServer redis, @Nullable TcpProxy cable) {
        this.redis = redis;
        this.cable = cable;
    }

    static Bus redis() {
        RedisServer server = RedisServer.start();
        return new Bus(server, new TcpProxy(server.port()));
    }

    static Bus postgres() {
        return new Bus(null, null);
    }

    /** The settings of a node that uses it. */
    Map<String, String> settings() {
        return cable == null
                ? Map.of("bus", "postgres")
                : Map.of("bus", "redis", "redis.url", "redis://127.0.0.1:" + cable.port());
    }

    /** Its connections are reset, and every new one, for so long or until the end. */
    void cut(Duration length, End end) {
        TcpProxy redisCable = cable;
        if (redisCable != null) {
            redisCable.cut();
            end.comesWithin(length);
            redisCable.heal();
            return;
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos() && !end.hasCome()) {
            try {
                Rows.texts(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'fleetman-bus%'");
            } catch (AssertionError e) {
                // PostgreSQL is away, and with it the bus
            }
            end.comesWithin(AGAIN);
        }
    }

    /** What is sent arrives nowhere and nobody is told, for so long or until the end. */
    void swallow(Duration length, End end) {
        TcpProxy redisCable = cable;
        if (redisCable != null) {
            redisCable.goDead();
            end.comesWithin(length);
            redisCable.heal();
        } else {
            lose(100);
            end.comesWithin(length);
            lose(0);
        }
    }

    /** Signals are lost inside of both nodes, of which none knows it. */
    static void lose(int percent) {
        for (Node node : List.of(Node.first(), Node.second())) {
            tell(node, "lost=" + percent);
        }
    }

    /** Waits for the node if it is away; one that is started begins without misfortune. */
    static void tell(Node node, String misfortune) {
        Awaitility.await(misfortune + " at " + node)
                .atMost(LIMIT)
                .pollInterval(AGAIN)
                .until(() -> isTold(node, misfortune));
    }

    private static boolean isTold(Node node, String misfortune) {
        try {
            return Account.tryExchange(node, "POST", "test/misfortune?" + misfortune, null)
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (cable != null) {
            cable.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}
