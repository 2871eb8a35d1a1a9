package com.fleetman.chaos;

import com.fleetman.stream.LossyBus;
import com.fleetman.stream.Misfortune;
import com.fleetman.stream.MovedClock;
import com.fleetman.testing.Deployments;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything goes wrong, in an order that the seed decides, and in the end every device holds exactly the log. Run by
 * {@code mvn verify -Pchaos}; {@code -Dchaos.seconds}, {@code -Dchaos.seed}, {@code -Dchaos.users}, {@code -Dchaos.rate}
 * and {@code -Dchaos.bus} say how long, which order (several are run one after the other), how many users, how much traffic a second, and over what.
 */
@InContainer
@Tag("chaos")
class ChaosIT {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(45);

    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.warWith(LossyBus.class, Misfortune.class, MovedClock.class);
    }

    static LongStream seeds() {
        String given = System.getProperty("chaos.seed", "");
        return given.isEmpty()
                ? LongStream.of(ThreadLocalRandom.current().nextInt(1_000_000))
                : Stream.of(given.split(",", -1)).mapToLong(Long::parseLong);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(value = 1, unit = TimeUnit.DAYS) // each step has a deadline of its own
    void everyDeviceHoldsExactlyTheLog(long seed) {
        var length = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 180));
        String kind = System.getProperty("chaos.bus", seed % 2 == 0 ? "redis" : "postgres");
        var chronicle = new Chronicle(seed, kind);
        try (Bus bus = kind.equals("redis") ? Bus.redis() : Bus.postgres()) {
            startNodes(bus);
            run(length, seed, bus, chronicle);
        } finally {
            stopNodes();
            Chronicle.say(chronicle.summary(length));
        }
        chronicle.judge();
    }

    private static void startNodes(Bus bus) {
        Map<String, String> settings = new HashMap<>(bus.settings());
        settings.put("access.token.seconds", String.valueOf(TOKEN_LIFE.toSeconds()));
        settings.put("streams.per.node", "2000");
        // As in production: whoever comes while the node starts is refused at once, and does not wait.
        settings.put("test.bind.on.init", "false");
        if (Node.first().isRunning()) {
            Node.first().kill();
        }
        for (Node node : List.of(Node.first(), Node.second())) {
            node.configure(settings);
            node.start();
        }
    }

    /** The next class finds the nodes as they were. */
    private static void stopNodes() {
        for (Node node : List.of(Node.first(), Node.second())) {
            node.configure(Map.of());
            if (node.isRunning()) {
                node.kill();
            }
        }
    }

    private static void run(Duration length, long seed, Bus bus, Chronicle chronicle) {
        var random = new Random(seed);
        var devicesEnd = new End();
        Population population = Population.make(Integer.getInteger("chaos.users", 200), random, chronicle, devicesEnd);
        chronicle.note(
                population.users() + " users with " + population.devices().size() + " devices");
        var load = new Load(population, chronicle);
        var faults = new Faults(bus, population, chronicle);
        try {
            population.live(TOKEN_LIFE);
            chronicle.expectEvents(true);
            load.start(Integer.getInteger("chaos.rate", 30), random.nextLong());
            faults.run(length, random);
            load.end();
            chronicle.expectEvents(false);
            faults.heal();
            new Judge(population, load, chronicle).compare();
        } catch (RuntimeException | AssertionError e) {
            chronicle.broke(e);
        } finally {
            devicesEnd.come();
            population.awaitGone();
        }
    }
}
