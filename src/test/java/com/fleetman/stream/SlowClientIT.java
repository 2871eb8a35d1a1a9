package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A client that never reads hurts nobody, and is cut; one that vanishes is noticed by the heartbeat. */
@InContainer(probes = true)
class SlowClientIT {
    private static final int MESSAGES = 400;

    @Test
    void aClientThatNeverReadsDelaysNobodyAndIsCut() {
        Account[] users = Account.friends(Node.first(), "Parlanchina", "Dormida");
        String content = "x".repeat(1_000);
        try (EventStream sleeping = EventStream.openUnread(users[1].onAnotherDevice(), "1", 2_048);
                EventStream awake = EventStream.open(users[1], "1").awaitConnected()) {
            for (int i = 0; i < MESSAGES; i++) {
                users[0].write(users[1], content);
                if (i % 50 == 0) {
                    awake.awaitId(3 + 2 * i); // it keeps up all the while
                }
            }
            awake.awaitId(1 + 2 * MESSAGES);
            assertThat(awake.ids())
                    .isEqualTo(
                            LongStream.rangeClosed(2, 1 + 2 * MESSAGES).boxed().toList());

            if (Node.first().boundsSendBuffer()) {
                isCutAndComesBack(users[1], sleeping);
            }
        }
        StreamProbe.Outside.awaitOpen(Node.first(), 0);
    }

    private static void isCutAndComesBack(Account user, EventStream sleeping) {
        StreamProbe.Outside.awaitOpen(Node.first(), 1);

        sleeping.startReading();
        sleeping.awaitEnd();
        try (EventStream back = EventStream.open(user, sleeping.lastEventId())) {
            back.awaitId(1 + 2 * MESSAGES);
            assertThat(back.ids().getFirst()).isEqualTo(Long.parseLong(sleeping.lastEventId()) + 1);
        }
    }

    @Test
    void aClientThatVanishesIsGoneAfterTheHeartbeatAndFreesEverything() {
        Account user = Account.register(Node.first(), "Fugaz");
        EventStream killed = EventStream.open(user).awaitConnected();
        EventStream closed = EventStream.open(user).awaitConnected();
        EventStream unread = EventStream.openUnread(user, "", 0);
        StreamProbe.Outside.awaitOpen(Node.first(), 3);

        killed.abort();
        closed.close();
        unread.abort();

        StreamProbe.Outside.awaitOpen(Node.first(), 0);
    }

    @Test
    void aStreamThatEndsBeforeItIsOpenedFreesItsPlace() {
        Account user = Account.register(Node.first(), "Impaciente");
        for (int i = 0; i < 30; i++) {
            EventStream.openUnread(user, "", 0).abort();
        }
        StreamProbe.Outside.awaitOpen(Node.first(), 0);
    }
}
