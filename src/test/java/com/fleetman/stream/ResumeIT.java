package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A device that is cut off again and again in the middle of a burst. */
@InContainer
class ResumeIT {
    private static final int MESSAGES = 200;
    private static final long LAST = 1 + 2 * MESSAGES;

    @Test
    void withItsLastIdItLosesAndDoublesNothing() throws Exception {
        Account[] users = Account.friends(Node.first(), "Corriente", "Cortada");
        CompletableFuture<Void> burst = burst(users);
        var seen = new ArrayList<Long>();
        String last = "1";
        while (seen.isEmpty() || seen.getLast() < LAST) {
            try (EventStream stream = EventStream.open(users[1], last)) {
                long target = Math.min(LAST, Long.parseLong(last) + 23);
                stream.awaitId(target);
                stream.abort();
                stream.awaitEnd();
                seen.addAll(stream.ids());
                last = stream.lastEventId();
            }
        }
        burst.get(60, TimeUnit.SECONDS);
        assertThat(seen).isEqualTo(LongStream.rangeClosed(2, LAST).boxed().toList());
    }

    /** As a fresh page does: it reads the counts of the connected event and gets everything after it, once. */
    @Test
    void withoutAnIdItStartsAtTheEndOfTheLogWithoutAGap() throws Exception {
        Account[] users = Account.friends(Node.first(), "Torrente", "Fresca");
        CompletableFuture<Void> burst = burst(users);
        var starts = new ArrayList<Long>();
        var tails = new ArrayList<List<Long>>();
        var open = new ArrayList<EventStream>();
        try {
            for (int i = 0; i < 8; i++) {
                EventStream stream = EventStream.open(users[1]).awaitConnected();
                starts.add(Long.parseLong(String.valueOf(stream.events().get(0).id())));
                open.add(stream);
            }
            burst.get(60, TimeUnit.SECONDS);
            for (EventStream stream : open) {
                if (!stream.lastEventId().equals(String.valueOf(LAST))) {
                    stream.awaitId(LAST);
                }
                tails.add(stream.ids());
            }
        } finally {
            open.forEach(EventStream::close);
        }
        for (int i = 0; i < tails.size(); i++) {
            assertThat(tails.get(i))
                    .isEqualTo(LongStream.rangeClosed(starts.get(i) + 1, LAST)
                            .boxed()
                            .toList());
        }
    }

    private static CompletableFuture<Void> burst(Account[] users) {
        return Background.run(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
        });
    }
}
