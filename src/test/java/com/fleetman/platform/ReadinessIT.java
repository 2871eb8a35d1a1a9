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
        assertThat(ready()).isEqualTo("200 {\"status\":\"up\",\"checks\":{\"database\":\"up\",\"schema\":\"up\"}}");
        TestDatabase.stopServer();
        try {
            awaitReady("503 {\"status\":\"down\",\"checks\":{\"database\":\"down\",\"schema\":\"up\"}}");
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
        awaitReady("200 {\"status\":\"up\",\"checks\":{\"database\":\"up\",\"schema\":\"up\"}}");
    }

    @Test
    void anApplicationThatStartsBeforeItsDatabaseWaitsForIt() {
        Node.first().stopApplication();
        TestDatabase.stopServer();
        try {
            Node.first().startApplication();
            assertThat(ready())
                    .isEqualTo("503 {\"status\":\"down\",\"checks\":{\"database\":\"down\",\"schema\":\"down\"}}");
        } finally {
            TestDatabase.startServer();
        }
        awaitReady("200 {\"status\":\"up\",\"checks\":{\"database\":\"up\",\"schema\":\"up\"}}");
        Account.register(Node.first(), "Temprana");
    }

    private static void awaitReady(String answer) {
        Awaitility.await("readiness")
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(ready()).isEqualTo(answer));
    }

    private static String ready() {
        Account.Answer answer = Account.exchange(Node.first(), "GET", "/health/ready", null);
        return answer.status() + " " + answer.http().body();
    }
}
