package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Old events are dropped, and who asks for them is told so. */
@InContainer(probes = true)
class RetentionIT {
    @Test
    void dropsTheBeginningOfALogAndNeverItsMiddle() throws SQLException {
        Account[] users = Account.friends(Node.first(), "Archivo", "Memoria");
        for (int i = 0; i < 3; i++) {
            users[0].write(users[1], "mensaje " + i);
        }
        // A clock that was set back left a young event before an old one.
        age(users[1], 4, 8);
        age(users[1], 2, 8);

        Account.Answer dropped = Account.exchange(Node.first(), "POST", "test/retention", null);

        assertThat(dropped.http().body()).isEqualTo("4");
        assertThat(Account.exchange(Node.first(), "POST", "test/retention", null)
                        .http()
                        .body())
                .isEqualTo("0");
        try (EventStream late = EventStream.open(users[1], "3");
                EventStream inTime = EventStream.open(users[1], "4")) {
            assertThat(late.awaitNamed("reset").data().get("reason").asText()).isEqualTo("expired");
            inTime.awaitId(7);
            assertThat(inTime.ids()).containsExactly(5L, 6L, 7L);
        }
        assertThat(users[1].get("messages/conversations/" + users[0].id())
                        .data()
                        .get("items"))
                .as("messages are not events and stay")
                .hasSize(3);
    }

    private static void age(Account user, long seq, int days) throws SQLException {
        try (var connection = TestDatabase.connect();
                var update = connection.prepareStatement(
                        "update user_event set created_at = now() - make_interval(days => ?) where user_id = ? and seq = ?")) {
            update.setInt(1, days);
            update.setObject(2, user.id());
            update.setLong(3, seq);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
