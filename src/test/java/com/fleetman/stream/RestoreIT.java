package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/operations.md tells to do on a database that was restored to an earlier moment, before a node starts on it. */
@Tag("once")
@InContainer
class RestoreIT {
    private static final long LEAP = 1_000_000_000;

    @Test
    void clientsThatHaveSeenMoreThanWasRestoredFetchEverythingAnew() throws IOException, SQLException {
        Account[] users = Account.friends(Node.first(), "Copia", "Cinta");
        users[0].write(users[1], "guardado");
        users[0].write(users[1], "perdido");
        Node.first().stopApplication();
        try {
            // The contact, the first message and its notification are left: 1 to 3.
            execute("delete from notification where seq > 3 and user_id = '" + users[1].id() + "'");
            execute("delete from user_event where seq > 3 and user_id = '" + users[1].id() + "'");
            execute("update inbox set last_seq = 3 where user_id = '" + users[1].id() + "'");
            execute(documented());
        } finally {
            Node.first().startApplication();
        }
        // As many as were lost: by the number alone nobody could tell that the client has seen others.
        users[0].write(users[1], "nuevo");

        for (String seen : List.of("2", "3", "5", "6")) {
            try (EventStream stream = EventStream.open(users[1], seen)) {
                assertThat(stream.awaitNamed("reset").data().get("reason").asText())
                        .as("what a client is told that has seen " + seen)
                        .isEqualTo("expired");
                assertThat(stream.lastEventId()).isEqualTo(Long.toString(LEAP + 5));
            }
        }
        try (EventStream stream =
                EventStream.open(users[1], Long.toString(LEAP + 5)).awaitConnected()) {
            users[0].write(users[1], "y otro");
            stream.awaitId(LEAP + 7);
            assertThat(stream.ids()).containsExactly(LEAP + 6, LEAP + 7);
        }
    }

    /** The statements of the manual, as they stand there. */
    private static String documented() throws IOException {
        Matcher block = Pattern.compile("(?s)\n    begin;\n.*?\n    commit;\n")
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(block.find()).isTrue();
        String statements = block.group();
        assertThat(block.find()).isFalse();
        return statements;
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
