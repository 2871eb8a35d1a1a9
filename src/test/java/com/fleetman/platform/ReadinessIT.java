package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A load balancer asks whether this node can serve, and needs no login for it. */
@InContainer
class ReadinessIT {
    @Test
    void tellsWhatIsDownAndComesBackByItself() {
        awaitReady("200 up, database up, schema up, bus up");
        TestDatabase.stopServer();
        try {
            awaitReady("503 down, database down, schema up, bus degraded");
            assertThat(Account.exchange(Node.first(), "GET", "/health/ready", null)
                            .json()
                            .path("reasons")
                            .path("database")
                            .asText())
                    .isEqualTo("the database does not answer");
            assertThat(Account.exchange(Node.first(), "GET", "/health/live", null)
                            .status())
                    .as("a node whose database is away must not be restarted")
                    .isEqualTo(200);
            assertThat(Account.exchange(
                                    Node.first(),
                                    "POST",
                                    "auth/login",
                                    "{\"email\":\"a@b.example\",\"password\":\"123456789012\"}")
                            .problem())
                    .isEqualTo("503 database_unavailable");
        } finally {
            TestDatabase.startServer();
        }
        awaitReady("200 up, database up, schema up, bus up");
    }

    @Test
    void anApplicationThatStartsBeforeItsDatabaseWaitsForIt() {
        Node.first().stopApplication();
        TestDatabase.stopServer();
        try {
            Node.first().startApplication();
            assertThat(ready()).isEqualTo("503 down, database down, schema down, bus degraded");
            assertThat(Account.exchange(Node.first(), "GET", "/health/started", null)
                            .status())
                    .isEqualTo(503);
        } finally {
            TestDatabase.startServer();
        }
        awaitReady("200 up, database up, schema up, bus up");
        assertThat(Account.exchange(Node.first(), "GET", "/health/started", null)
                        .status())
                .isEqualTo(200);
        Account.register(Node.first(), "Temprana");
    }

    private static void awaitReady(String answer) {
        Awaitility.await("readiness")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(ready()).isEqualTo(answer));
    }

    private static String ready() {
        Account.Answer answer = Account.exchange(Node.first(), "GET", "/health/ready", null);
        var checks = answer.json().path("checks");
        return "%d %s, database %s, schema %s, bus %s"
                .formatted(
                        answer.status(),
                        answer.json().path("status").asText(),
                        checks.path("database").asText(),
                        checks.path("schema").asText(),
                        checks.path("bus").asText());
    }
}
