package com.fleetman.chaos;

import com.fleetman.testing.Background;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import com.fleetman.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Everything that goes wrong. What, when, and for how long is drawn from the seed by one thread; each fault then has a
 * thread of its own, so that faults of different places overlap, while a place has one at a time.
 */
final class Faults {
    /** Between the beginnings of two faults, in milliseconds. */
    private static final int LEAST_PAUSE = 500;

    private static final int MOST_PAUSE = 3_500;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private enum Place {
        NODES,
        DATABASE,
        BUS,
        CLIENTS,
        CLOCK
    }

    private enum Kind {
        KILL(Place.NODES, 0, 4_000),
        RESTART(Place.NODES, 0, 1_000),
        DATABASE(Place.DATABASE, 0, 3_000),
        CUT(Place.BUS, 2_000, 8_000),
        SWALLOW(Place.BUS, 3_000, 10_000),
        LOSS(Place.BUS, 3_000, 10_000),
        STALL(Place.CLIENTS, 3_000, 10_000),
        RESET(Place.CLIENTS, 0, 1),
        MOVE(Place.CLIENTS, 0, 1),
        ANEW(Place.CLIENTS, 0, 1),
        LOGOUT(Place.CLIENTS, 0, 1),
        CLOCK(Place.CLOCK, 4_000, 12_000);

        private final Place place;
        private final int least;
        private final int most;

        Kind(Place place, int leastMs, int mostMs) {
            this.place = place;
            this.least = leastMs;
            this.most = mostMs;
        }
    }

    private final Bus bus;
    private final Population population;
    private final Chronicle chronicle;
    private final End end = new End();
    private final Map<Place, CompletableFuture<Void>> busy = new EnumMap<>(Place.class);

    Faults(Bus bus, Population population, Chronicle chronicle) {
        this.bus = bus;
        this.population = population;
        this.chronicle = chronicle;
    }

    /** Makes faults for so long; all kinds once, in a random order, then all of them again in another. Then all is well. */
    void run(Duration length, Random random) {
        long start = System.nanoTime();
        var order = new ArrayList<Kind>();
        while (System.nanoTime() - start < length.toNanos()) {
            if (order.isEmpty()) {
                order.addAll(Arrays.asList(Kind.values()));
                Collections.shuffle(order, random);
            }
            begin(order.removeLast(), new Random(random.nextLong()), start + length.toNanos());
            end.comesWithin(Duration.ofMillis(random.nextInt(LEAST_PAUSE, MOST_PAUSE)));
        }
        end.come();
        busy.values().forEach(Faults::await);
    }

    /** The order of the faults is the seed's; a fault waits until its place has got over the one before. */
    private void begin(Kind kind, Random random, long deadline) {
        CompletableFuture<Void> before = busy.get(kind.place);
        while (before != null && !before.isDone()) {
            if (System.nanoTime() > deadline) {
                return;
            }
            end.comesWithin(Duration.ofMillis(20));
        }
        var length = Duration.ofMillis(random.nextInt(kind.least, kind.most));
        busy.put(kind.place, Background.run(() -> {
            try {
                happen(kind, length, random);
            } catch (RuntimeException | AssertionError e) {
                chronicle.complain(kind + " could not be made: " + e);
            }
        }));
    }

    private static void await(CompletableFuture<Void> fault) {
        fault.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void happen(Kind kind, Duration length, Random random) {
        Node node = Requests.either(random);
        switch (kind) {
            case KILL -> {
                begun(kind, node + ", for " + length.toMillis() + " ms and its start");
                node.kill();
                startAfter(length, node);
            }
            case RESTART -> {
                begun(kind, node + ", for " + length.toMillis() + " ms and its start");
                chronicle.stopping(node, true);
                node.stop();
                startAfter(length, node);
                chronicle.stopping(node, false);
            }
            case DATABASE -> {
                begun(kind, "PostgreSQL, for " + length.toMillis() + " ms and its start");
                TestDatabase.stopServer();
                end.comesWithin(length);
                TestDatabase.startServer();
                chronicle.note("PostgreSQL is there again");
            }
            case CUT -> {
                begun(kind, "the bus, for " + length.toMillis() + " ms");
                bus.cut(length, end);
            }
            case SWALLOW -> {
                begun(kind, "what goes over the bus, for " + length.toMillis() + " ms");
                bus.swallow(length, end);
            }
            case LOSS -> {
                int percent = random.nextInt(30, 101);
                begun(kind, percent + " % of the signals, for " + length.toMillis() + " ms");
                Bus.lose(percent);
                end.comesWithin(length);
                Bus.lose(0);
            }
            case STALL -> stall(length, random);
            case RESET -> each(kind, random.nextInt(10, 100), random, Device::reset);
            case MOVE -> each(kind, random.nextInt(10, 60), random, Device::move);
            case ANEW -> {
                each(kind, random.nextInt(5, 20), random, Device::forget);
                some(random.nextInt(1, 6), random).forEach(Device::loseItsWay);
            }
            case LOGOUT -> each(kind, random.nextInt(1, 6), random, this::logOut);
            case CLOCK -> {
                int seconds = random.nextInt(30, 600) * (random.nextBoolean() ? 1 : -1);
                begun(kind, node + " by " + seconds + " s, for " + length.toMillis() + " ms");
                Bus.tell(node, "clock=" + seconds);
                end.comesWithin(length);
                Bus.tell(node, "clock=0");
            }
        }
    }

    private void begun(Kind kind, String what) {
        chronicle.fault(kind.name().toLowerCase(Locale.ROOT), kind + " " + what);
    }

    private void startAfter(Duration length, Node node) {
        end.comesWithin(length);
        node.start();
        chronicle.note(node + " is there again");
    }

    private List<Device> some(int number, Random random) {
        var all = new ArrayList<>(population.devices());
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(number, all.size()));
    }

    private void each(Kind kind, int number, Random random, java.util.function.Consumer<Device> fault) {
        begun(kind, number + " devices");
        some(number, random).forEach(fault);
    }

    private void stall(Duration length, Random random) {
        int number = random.nextInt(10, 60);
        begun(Kind.STALL, number + " devices, for " + length.toMillis() + " ms");
        List<EventStream> held = some(number, random).stream()
                .map(Device::hold)
                .flatMap(Optional::stream)
                .toList();
        end.comesWithin(length);
        held.forEach(EventStream::goOn);
    }

    /** The session ends behind the device's back. */
    private void logOut(Device device) {
        new Requests(chronicle).demand(device.session(), Node.first(), "POST", "auth/logout", null);
    }

    /** After {@link #run}: nothing is wrong any more, and both nodes are ready. */
    void heal() {
        for (Node node : List.of(Node.first(), Node.second())) {
            Bus.tell(node, "clock=0&lost=0");
        }
        chronicle.note("all is well again; connections to PostgreSQL: "
                + Rows.number("select count(*) from pg_stat_activity where datname is not null"));
    }
}
