package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, and nothing between them but that. */
@InContainer
class ClusterIT {
    /** Streams of one user, where nothing else is set. */
    private static final int LIMIT = 10;

    @BeforeEach
    void secondNode() {
        if (!Node.second().isRunning()) {
            Node.second().start();
        }
    }

    @Test
    void eventsReachTheDevicesOfEveryNode() {
        Account[] users = Account.friends(Node.first(), "Aquí", "Allí");
        Account there = users[1].on(Node.second());
        Account senderThere = users[0].on(Node.second());
        try (EventStream far = EventStream.open(there).awaitConnected();
                EventStream near = EventStream.open(users[1]).awaitConnected()) {
            for (int i = 0; i < 50; i++) {
                (i % 2 == 0 ? users[0] : senderThere).write(users[1], "mensaje " + i);
            }
            for (EventStream device : List.of(far, near)) {
                device.awaitId(101);
                assertThat(device.ids())
                        .isEqualTo(LongStream.rangeClosed(2, 101).boxed().toList());
            }
            users[0].post("messages/conversations/" + users[1].id() + "/typing", null)
                    .data();
            assertThat(far.awaitNamed("typing").data().get("conversationWith").asText())
                    .isEqualTo(users[0].id().toString());
        }
    }

    @Test
    void aLogoutOnOneNodeEndsTheStreamOnTheOther() {
        Account user = Account.register(Node.first(), "Doble");
        Account sameSessionThere = user.at(Node.second());
        try (EventStream stream = EventStream.open(sameSessionThere).awaitConnected()) {
            user.post("auth/logout", null).data();
            stream.awaitNamed("expired");
            stream.awaitEnd();
        }
    }

    @Test
    void theOldestStreamAnywhereGivesWay() {
        Account user = Account.register(Node.first(), "Muchas");
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < LIMIT; i++) {
                Node node = i % 2 == 0 ? Node.first() : Node.second();
                streams.add(EventStream.open(user.at(node)).awaitConnected());
            }
            for (int i = 0; i < 4; i++) {
                Node node = i % 2 == 0 ? Node.second() : Node.first();
                streams.add(EventStream.open(user.at(node)).awaitConnected());
                streams.get(i).awaitNamed("superseded");
                streams.get(i).awaitEnd();
            }
            assertThat(streams.stream().filter(stream -> !stream.isEnded())).hasSize(LIMIT);
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void aBrokenListenerLosesNothing() throws SQLException {
        Account[] users = Account.friends(Node.first(), "Rota", "Entera");
        try (EventStream far = EventStream.open(users[1].on(Node.second())).awaitConnected()) {
            try (var connection = TestDatabase.connect();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'fleetman-bus%'");
            }
            for (int i = 0; i < 20; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
            far.awaitId(41);
            assertThat(far.ids())
                    .isEqualTo(LongStream.rangeClosed(2, 41).boxed().toList());
        }
    }

    @Test
    void theClientsOfAKilledNodeGoOnAtTheOther() {
        Account[] users = Account.friends(Node.first(), "Caída", "Mudanza");
        Account there = users[1].on(Node.second());
        try (EventStream far = EventStream.open(there).awaitConnected()) {
            users[0].write(users[1], "antes");
            far.awaitId(3);
            Node.second().kill();
            far.awaitEnd();
            users[0].write(users[1], "después");
            try (EventStream near = EventStream.open(users[1], far.lastEventId())) {
                near.awaitId(5);
                assertThat(near.ids()).containsExactly(4L, 5L);
            }
        }
    }
}
