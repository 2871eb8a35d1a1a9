package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same promises with real threads, whose schedules nobody chose. */
@Timeout(60)
class ManyThreadsTest {
    private static final int WRITERS = 4;
    private static final int EVENTS = 5_000;

    private final TestNode node = new TestNode();
    private final UUID user = Ids.next();

    @Test
    void deliverEverythingExactlyOnceAndInOrder() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StreamHub hub = node.hub(threads);
            var clients = new ArrayList<Client>();
            for (int i = 0; i < TestNode.PER_USER; i++) {
                Connection connection = hub.admit(node.caller(user), node.sse);
                var client = new Client(connection);
                clients.add(client);
                hub.start(connection, client, node.bounds(user), "0");
            }
            for (int writer = 0; writer < WRITERS; writer++) {
                threads.execute(() -> {
                    for (int i = 0; i < EVENTS / WRITERS; i++) {
                        Frame frame = node.log.append(user, "{}");
                        hub.accept(new Signal.WakeUp(user, frame.seq(), i % 3 == 0 ? null : frame));
                        hub.connections().forEach(Connection::heartbeat);
                    }
                });
            }
            for (Client client : clients) {
                assertThat(client.gotAll.await(30, TimeUnit.SECONDS))
                        .as("all in time")
                        .isTrue();
                assertThat(client.ids)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, EVENTS).boxed().toList());
                assertThat(client.overlaps).hasValue(0);
            }
            hub.connections().forEach(connection -> connection.close(CloseReason.CLIENT_GONE));
            assertThat(hub.openStreams()).isZero();
        }
    }

    @Test
    void openAndCloseStreamsWithoutLeavingAnythingBehind() throws InterruptedException {
        StreamHub hub = node.hub(Runnable::run);
        var done = new CountDownLatch(WRITERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                UUID sessionOwner = i % 2 == 0 ? user : Ids.next();
                var caller = node.caller(sessionOwner);
                threads.execute(() -> {
                    for (int round = 0; round < 2_000; round++) {
                        Connection connection = hub.admit(caller, node.sse);
                        hub.start(connection, new FakeWire(), node.bounds(sessionOwner), null);
                        connection.close(CloseReason.CLIENT_GONE);
                        connection.close(CloseReason.STALLED);
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(hub.openStreams()).isZero();
        assertThat(hub.users()).isEmpty();
        assertThat(hub.connections()).isEmpty();
        assertThat(node.sse.broadcasters()).allMatch(FakeSse.Broadcaster::isClosed);
    }

    /** A client that is not ready every now and then, and then tells so from another thread. */
    private static final class Client implements Wire {
        final List<Long> ids = new ArrayList<>();
        final CountDownLatch gotAll = new CountDownLatch(1);
        final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicBoolean busy = new AtomicBoolean();
        private final Connection connection;
        private int asked;

        Client(Connection connection) {
            this.connection = connection;
        }

        @Override
        public boolean isReady() {
            enter();
            boolean ready = ++asked % 7 != 0;
            if (!ready) {
                Thread.ofVirtual().start(connection::signal);
            }
            busy.set(false);
            return ready;
        }

        @Override
        public void write(byte[] bytes) {
            enter();
            for (String block : Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n\n"))) {
                if (block.startsWith("id: ")) {
                    ids.add(Long.parseLong(block.substring(4, block.indexOf('\n'))));
                }
            }
            busy.set(false);
            if (ids.size() >= EVENTS) {
                gotAll.countDown();
            }
        }

        @Override
        public void flush() {
            enter();
            busy.set(false);
        }

        @Override
        public void close() {
            // nothing to give back
        }

        private void enter() {
            if (!busy.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
        }
    }
}
