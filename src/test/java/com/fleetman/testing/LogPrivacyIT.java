package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users write and what lets them in is nothing for the logs, whatever happens to it. */
@InContainer
class LogPrivacyIT {
    private static final String SECRET_TEXT = "nobody-else-may-read-this-4711";

    @Test
    void neitherMessagesNorSecretsAreLogged() {
        Account[] users = Account.friends(Node.first(), "Discreta", "Callada");
        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            users[0].write(users[1], SECRET_TEXT);
            stream.awaitNamed("chat-message");
            users[0].post(
                    "messages", Map.of("recipientId", users[1].id(), "content", SECRET_TEXT + " ".repeat(2_000) + "x"));
            users[0].send("POST", "messages", "{\"content\":\"" + SECRET_TEXT + "\",", "Idempotency-Key", SECRET_TEXT);
            Account.exchange(
                    Node.first(),
                    "POST",
                    "auth/login",
                    "{\"email\":\"" + SECRET_TEXT + "@fleetman.example\",\"password\":\"" + SECRET_TEXT + "\"}");
            users[1].post("auth/logout", null);
            stream.awaitEnd();
        }

        String logs = Node.first().logged();

        assertThat(logs).contains("stream opened user=" + users[1].id(), "reason=expired");
        assertThat(logs).doesNotContain(SECRET_TEXT, users[0].token(), users[1].token(), users[1].refreshToken());
        assertThat(logs).doesNotContain("correct horse battery", "@fleetman.example");
    }
}
