package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import com.fleetman.testing.Traffic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plug is pulled in the middle of traffic: whatever was acknowledged is there, once, in order. */
@InContainer
class RestartIT {
    private static Traffic traffic(Account from, Account to) {
        return new Traffic(
                (method, path, body, headers) -> Account.tryExchange(from.node(), method, path, body, headers)
                        .http(),
                from,
                to,
                from.node().statusesWhileAway());
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
        var traffic = traffic(users[0], users[1]);
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
        var traffic = traffic(users[0], users[1]);
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
        var traffic = traffic(users[0], users[1]);
        traffic.awaitMore(30);
        TestDatabase.restart();
        traffic.awaitMore(30);
        assertThat(device.stream.isEnded()).isFalse();
        assertComplete(traffic, device);
    }
}
