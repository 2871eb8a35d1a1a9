package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node with small limits: who asks too often is told so, and how long to wait; streams are not counted. */
@InContainer
@Tag("once")
class RateLimitIT {
    private static final int PER_USER = 20;

    private static String header(Account.Answer answer, String name) {
        return answer.http().headers().firstValue(name).orElse("");
    }

    @Test
    void whoAsksTooOftenHasToWait() {
        Account eager = Account.register(Node.first(), "Eager").at(Node.second());
        Account calm = Account.register(Node.first(), "Calm").at(Node.second());
        Node.second()
                .launch(
                        Deployments.file(),
                        Map.of(
                                "rate.per.user", String.valueOf(PER_USER),
                                "rate.per.address", "2000",
                                "rate.window.seconds", "3600"),
                        Path.of(System.getProperty("java.home")));
        await("the node with limits")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(Node.second()::answers);

        Account.Answer first = eager.get("users/me");
        assertThat(first.status()).isEqualTo(200);
        assertThat(header(first, "RateLimit-Policy"))
                .isEqualTo("\"address\";q=2000;w=3600, \"user\";q=" + PER_USER + ";w=3600");
        assertThat(header(first, "RateLimit")).contains("\"user\";r=" + (PER_USER - 1) + ";t=");
        Account.Answer last = first;
        for (int i = 1; i <= PER_USER && last.status() == 200; i++) {
            last = eager.get("users/me");
        }

        assertThat(last.problem()).isEqualTo("429 rate_limited");
        assertThat(header(last, "RateLimit")).contains("\"user\";r=0;t=");
        assertThat(Integer.parseInt(header(last, "Retry-After"))).isBetween(1, 180);
        assertThat(calm.get("users/me").status()).as("somebody else").isEqualTo(200);
        try (EventStream stream = EventStream.open(eager)) {
            stream.awaitConnected();
        }
        Account.Answer anonymous = Account.exchange(Node.second(), "GET", "users/me", null);
        assertThat(anonymous.problem()).isEqualTo("401 unauthenticated");
        assertThat(header(anonymous, "RateLimit-Policy")).isEqualTo("\"address\";q=2000;w=3600");
    }
}
