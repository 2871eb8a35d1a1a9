package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import org.junit.jupiter.api.Test;

/** What was rolled back never was: no event, no count, no number used up. */
@InContainer(probes = true)
class RollBackIT {
    @Test
    void anEventOfARolledBackTransactionIsNeverSeen() {
        Account user = Account.register(Node.first(), "Atrás");
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            for (int i = 0; i < 5; i++) {
                assertThat(user.post("test/append/failing", null).problem()).isEqualTo("409 on_purpose");
            }
            user.post("test/append/succeeding", null);

            stream.awaitId(1);
            stream.await("the hint", event -> event.text().contains("always hint"));
            stream.awaitComment();
            assertThat(stream.ids()).containsExactly(1L);
            assertThat(stream.events()).noneMatch(event -> event.text().contains("never"));
            assertThat(user.get("notifications/unread-count")
                            .data()
                            .get("count")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aTransactionThatCouldNotBeEndedMayBeTriedAgain() {
        Account user = Account.register(Node.first(), "Quizá");
        assertThat(user.post("test/append/not-ended", null).problem()).isEqualTo("503 try_again");
    }
}
