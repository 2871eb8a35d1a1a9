package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens and in whatever order, every device gets every event exactly once and in order. The steps of the
 * writers, commits, wake-ups that are lost, doubled and mixed up, slow and broken clients, and a database that comes
 * and goes are shuffled from a seed, also within the steps of a writer.
 */
class RandomSchedulesTest {
    private static final int SCHEDULES = 200;
    private static final int STEPS = 120;

    @Test
    void deliverEverythingExactlyOnceAndInOrder() {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            new Schedule(seed).play();
        }
    }

    /** A client that comes back with the last id it saw, as a browser does. */
    private static final class Device {
        final List<Long> got = new ArrayList<>();
        FakeWire wire = new FakeWire();

        @Nullable
        Connection connection;

        /** Where this device is in the log: it began at its start. */
        long lastId() {
            return got.isEmpty() ? 0 : got.get(got.size() - 1);
        }

        void lose() {
            got.addAll(wire.ids());
            wire = new FakeWire();
            connection = null;
        }
    }

    private static final class Schedule {
        private final int seed;
        private final Random random;
        private final TestNode node = new TestNode();
        private final UUID user = Ids.next();
        private final List<Device> devices = new ArrayList<>();
        private final List<Signal.WakeUp> onTheirWay = new ArrayList<>();
        private boolean inWriter;

        Schedule(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i <= random.nextInt(TestNode.PER_USER); i++) {
                devices.add(new Device());
            }
        }

        void play() {
            node.log.meanwhile(this::sometimesMeanwhile);
            devices.forEach(this::connect);
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            calm();
            for (Device device : devices) {
                device.lose();
                assertThat(device.got)
                        .as("a device of schedule %d", seed)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, node.log.lastSeq(user))
                                .boxed()
                                .toList());
            }
            node.hub.connections().forEach(connection -> connection.close(CloseReason.CLIENT_GONE));
            assertThat(node.hub.openStreams()).as("schedule %d", seed).isZero();
            assertThat(node.hub.users()).as("schedule %d", seed).isEmpty();
        }

        private void connect(Device device) {
            FakeWire wire = device.wire;
            wire.meanwhile(this::sometimesMeanwhile);
            Connection connection = node.hub.admit(node.caller(user), node.sse);
            device.connection = connection;
            long lastSeq = node.log.lastSeq(user); // read before, so that something may happen in between
            sometimesMeanwhile();
            node.hub.start(
                    connection,
                    wire,
                    new LogReader.Bounds(lastSeq, 1, new Counts(0, 0)),
                    Long.toString(device.lastId()));
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> commit();
                case 3, 4 -> deliver();
                case 5 -> fault();
                case 6 -> slowDown();
                case 7 -> writable();
                case 8 -> databaseGoesOrComes();
                case 9 -> node.reconciliation.run();
                case 10 -> heartbeat();
                case 11 -> reconnect();
                default -> write();
            }
        }

        /** What another thread does in the middle of a writer's or the log's step. */
        private void sometimesMeanwhile() {
            if (!inWriter && random.nextInt(4) == 0) {
                inWriter = true;
                switch (random.nextInt(4)) {
                    case 0 -> commit();
                    case 1 -> deliver();
                    case 2 -> heartbeat();
                    default -> slowDown();
                }
                inWriter = false;
            }
        }

        private void commit() {
            int events = random.nextInt(10) == 0 ? 100 : 1;
            for (int i = 0; i < events; i++) {
                Frame frame = node.log.append(user, "x".repeat(random.nextInt(20) == 0 ? 20_000 : 10));
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    onTheirWay.add(new Signal.WakeUp(user, frame.seq(), random.nextBoolean() ? frame : null));
                }
            }
        }

        private void deliver() {
            if (!onTheirWay.isEmpty()) {
                node.hub.accept(onTheirWay.remove(random.nextInt(onTheirWay.size())));
            }
        }

        private void fault() {
            FakeSse.Fault[] faults = {
                FakeSse.Fault.NONE,
                FakeSse.Fault.DROPS,
                FakeSse.Fault.DOUBLES,
                FakeSse.Fault.THROWS,
                FakeSse.Fault.CUTS,
                FakeSse.Fault.BUILDS_NOTHING,
                FakeSse.Fault.REFUSES_TO_REGISTER
            };
            node.sse.fault(faults[random.nextInt(faults.length)]);
        }

        private void slowDown() {
            any().wire.takes(random.nextInt(40_000));
        }

        private void writable() {
            Device device = any();
            device.wire.takes(1 + random.nextInt(100_000));
            Connection connection = device.connection;
            if (connection != null) {
                connection.signal();
            }
        }

        private void databaseGoesOrComes() {
            if (random.nextInt(3) == 0) {
                node.log.goAway();
            } else {
                node.log.comeBack();
            }
        }

        private void heartbeat() {
            Connection connection = any().connection;
            if (connection != null) {
                connection.heartbeat();
            }
        }

        private void reconnect() {
            Device device = any();
            Connection connection = device.connection;
            if (connection != null && random.nextBoolean()) {
                device.wire.failsWith(new IOException("broken pipe"));
                connection.heartbeat();
                return;
            }
            if (connection != null) {
                connection.close(CloseReason.CLIENT_GONE);
            }
            assertThat(device.wire.breaches()).as("schedule %d", seed).isEmpty();
            device.lose();
            connect(device);
        }

        private void write() {
            node.writers.runOne(random);
        }

        private Device any() {
            return devices.get(random.nextInt(devices.size()));
        }

        /** All faults end; whoever was cut comes back. */
        private void calm() {
            inWriter = true;
            node.sse.fault(FakeSse.Fault.NONE);
            node.log.comeBack();
            node.writers.runAll();
            for (Device device : devices) {
                Connection connection = device.connection;
                assertThat(device.wire.breaches()).as("schedule %d", seed).isEmpty();
                if (connection == null || connection.isClosed()) {
                    device.lose();
                    connect(device);
                }
                device.wire.takesAll();
            }
            node.hub.connections().forEach(Connection::signal);
            node.writers.runAll();
            node.reconciliation.run();
            node.writers.runAll();
        }
    }
}
