package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The plug is pulled in the middle of traffic: whatever was acknowledged is there, once, in order. */
@InContainer
class RestartIT {
    /** Sends one message after the other until told to stop, each retried with its key until it is acknowledged. */
    private static final class Traffic {
        private final Account from;
        private final Account to;
        private final List<String> acknowledged = new CopyOnWriteArrayList<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final CompletableFuture<Void> running;

        Traffic(Account from, Account to) {
            this.from = from;
            this.to = to;
            this.running = CompletableFuture.runAsync(this::run);
        }

        private void run() {
            for (int i = 0; !stop.get(); i++) {
                String key = UUID.randomUUID().toString();
                while (!isAcknowledged(key, "mensaje " + i)) {
                    Thread.onSpinWait();
                }
            }
        }

        private boolean isAcknowledged(String key, String content) {
            try {
                Account.Answer answer = Account.tryExchange(
                        from.node(),
                        "POST",
                        "messages",
                        Json.write(Map.of("recipientId", to.id(), "content", content)),
                        "Authorization",
                        "Bearer " + from.token(),
                        "Idempotency-Key",
                        key);
                if (answer.status() == 200) {
                    acknowledged.add(content);
                    return true;
                }
                assertThat(answer.status()).as("while it is away").isIn(404, 500, 503);
                return false;
            } catch (IOException e) {
                return false;
            }
        }

        void awaitMore(int messages) {
            int enough = acknowledged.size() + messages;
            org.awaitility.Awaitility.await("acknowledged messages")
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> acknowledged.size() >= enough || running.isCompletedExceptionally());
            if (running.isCompletedExceptionally()) {
                running.join();
            }
        }

        List<String> end() throws Exception {
            stop.set(true);
            running.get(60, TimeUnit.SECONDS);
            return acknowledged;
        }
    }

    /** A device that comes back with its last id whenever it is cut off. */
    private static final class Device {
        private final Account account;
        private final List<EventStream.Event> seen = new ArrayList<>();
        private EventStream stream;

        Device(Account account) {
            this.account = account;
            this.stream = EventStream.open(account).awaitConnected();
        }

        void comeBack() {
            stream.awaitEnd();
            seen.addAll(stream.events());
            stream = EventStream.open(account, stream.lastEventId()).awaitConnected();
        }

        /** The contents of the chat messages, after checking that ids have no gap. */
        List<String> messagesUpTo(String last) {
            stream.await("the last message", event -> event.text().contains("\"" + last + "\""));
            stream.close();
            seen.addAll(stream.events());
            long expected = 2;
            var contents = new ArrayList<String>();
            for (EventStream.Event event : seen) {
                if (event.isLogged()) {
                    assertThat(event.id()).isEqualTo(Long.toString(expected++));
                    if (event.name().equals("chat-message")) {
                        contents.add(event.data().get("message").get("content").asText());
                    }
                }
            }
            return contents;
        }
    }

    private static void assertComplete(Traffic traffic, Device device) throws Exception {
        List<String> acknowledged = traffic.end();
        List<String> received = device.messagesUpTo(acknowledged.getLast());
        assertThat(received).startsWith(acknowledged.getFirst()).doesNotHaveDuplicates();
        Set<String> missing = new HashSet<>(acknowledged);
        received.forEach(missing::remove);
        assertThat(missing).isEmpty();
    }

    @Test
    void aRestartOfTheApplicationTellsClientsToComeBackAndLosesNothing() throws Exception {
        Account[] users = Account.friends(Node.first(), "Obra", "Relevo");
        var device = new Device(users[1]);
        var traffic = new Traffic(users[0], users[1]);
        traffic.awaitMore(30);
        Node.first().stopApplication();
        EventStream.Event bye = device.stream.awaitNamed("reconnect");
        assertThat(bye.id()).isNull();
        assertThat(device.stream.retry()).isEqualTo(bye.data().get("retryMs").asText());
        Node.first().startApplication();
        device.comeBack();
        traffic.awaitMore(30);
        assertComplete(traffic, device);
    }

    @Test
    void aKilledServerLosesNothing() throws Exception {
        Account[] users = Account.friends(Node.first(), "Apagón", "Linterna");
        var device = new Device(users[1]);
        var traffic = new Traffic(users[0], users[1]);
        traffic.awaitMore(30);
        Node.first().kill();
        Node.first().start();
        device.comeBack();
        traffic.awaitMore(30);
        assertComplete(traffic, device);
    }

    @Test
    void aRestartOfPostgresLosesNothingAndKeepsTheStreams() throws Exception {
        Account[] users = Account.friends(Node.first(), "Base", "Datos");
        var device = new Device(users[1]);
        var traffic = new Traffic(users[0], users[1]);
        traffic.awaitMore(30);
        TestDatabase.restart();
        traffic.awaitMore(30);
        assertThat(device.stream.isEnded()).isFalse();
        assertComplete(traffic, device);
    }
}
