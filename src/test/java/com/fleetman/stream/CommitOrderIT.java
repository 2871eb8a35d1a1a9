package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sixteen users write to one at once, and each of its devices gets every event once and in order. */
@InContainer
class CommitOrderIT {
    private static final int SENDERS = 16;
    private static final int EACH = 25;

    @Test
    void sequenceNumbersHaveNoGapAndFollowTheCommits() throws Exception {
        Account reader = Account.register(Node.first(), "Lectora");
        List<Account> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Account sender = Account.register(Node.first(), "Emisora " + i);
            sender.post("users/me/contacts/" + reader.id(), null).data();
            senders.add(sender);
        }
        List<Long> expected =
                LongStream.rangeClosed(1, 2L * SENDERS * EACH).boxed().toList();
        try (EventStream one = EventStream.open(reader).awaitConnected();
                EventStream two = EventStream.open(reader.onAnotherDevice()).awaitConnected();
                EventStream three = EventStream.open(reader).awaitConnected();
                var threads = Executors.newFixedThreadPool(SENDERS)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (Account sender : senders) {
                tasks.add(() -> {
                    for (int i = 0; i < EACH; i++) {
                        sender.write(reader, "mensaje " + i);
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks, 90, TimeUnit.SECONDS)) {
                done.get();
            }
            for (EventStream device : List.of(one, two, three)) {
                device.awaitId(expected.size());
                assertThat(device.ids()).isEqualTo(expected);
            }
            assertThat(one.events().getLast().data().get("counts").toString())
                    .isEqualTo("{\"notifications\":%d,\"messages\":%d}".formatted(SENDERS * EACH, SENDERS * EACH));
        }
    }

    /** Everybody writes to everybody: transactions lock the same pairs from both sides. */
    @Test
    void crosswiseSendersDoNotBlockEachOther() throws Exception {
        Account[] users = Account.friends(Node.first(), "Norte", "Sur");
        try (var threads = Executors.newFixedThreadPool(8)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 8; i++) {
                Account from = users[i % 2];
                Account to = users[1 - i % 2];
                tasks.add(() -> {
                    for (int n = 0; n < 20; n++) {
                        from.write(to, "hola");
                        to.post("messages/conversations/" + from.id() + "/read", null)
                                .data();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks, 90, TimeUnit.SECONDS)) {
                done.get();
            }
        }
        for (Account user : users) {
            assertThat(user.get("notifications/unread-count").data().toString())
                    .isEqualTo("{\"count\":0,\"counts\":{\"notifications\":0,\"messages\":0}}");
        }
    }
}
