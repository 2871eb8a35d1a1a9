package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** So many requests per window for each key, in bounded memory; and a body within its time. */
class RateLimiterTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final RateLimiter limiter = new RateLimiter("user", 6, WINDOW, 3, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private int passing(String key, int requests) {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += limiter.take(key).passes() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void letsTheQuotaThroughAndNoMore() {
        assertThat(passing("ana", 20)).isEqualTo(6);
        assertThat(passing("ben", 20)).as("the other key").isEqualTo(6);
    }

    @Test
    void fillsEvenly() {
        passing("ana", 6);

        pass(Duration.ofSeconds(10));
        assertThat(passing("ana", 5)).isEqualTo(1);
        pass(Duration.ofSeconds(35));
        assertThat(passing("ana", 5)).isEqualTo(3);
        pass(Duration.ofHours(10));
        assertThat(passing("ana", 20)).as("no more than the quota").isEqualTo(6);
    }

    @Test
    void saysWhatIsLeftAndHowLongToWait() {
        var first = limiter.take("ana");
        assertThat(first.remaining()).isEqualTo(5);
        assertThat(first.whole()).isEqualTo(Duration.ofSeconds(10));
        passing("ana", 5);
        pass(Duration.ofSeconds(4));

        var refused = limiter.take("ana");

        assertThat(refused.passes()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        pass(refused.retryAfter());
        assertThat(limiter.take("ana").passes())
                .as("after the time that was told")
                .isTrue();
    }

    @Test
    void aRefusedRequestCostsNothing() {
        passing("ana", 100);
        pass(Duration.ofSeconds(10));

        assertThat(passing("ana", 100)).isEqualTo(1);
    }

    @Test
    void remembersTheLatestKeysOnly() {
        passing("ana", 6);
        for (String key : List.of("b", "c", "d")) {
            limiter.take(key);
        }

        assertThat(limiter.keys()).isEqualTo(3);
        assertThat(limiter.take("ana").passes()).isTrue();
    }

    @Test
    void isTold() {
        var verdicts = List.of(limiter.take("ana"));

        assertThat(RateHeaders.policy(verdicts)).isEqualTo("\"user\";q=6;w=60");
        assertThat(RateHeaders.limit(verdicts)).isEqualTo("\"user\";r=5;t=10");
        assertThat(RateHeaders.seconds(Duration.ofMillis(1))).isEqualTo(1);
    }

    /** A second for each byte. */
    private InputStream dripping(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int at, int most) {
                pass(Duration.ofSeconds(1));
                return super.read(to, at, Math.min(most, 1));
            }
        };
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefused() throws IOException {
        var bytes = new byte[20];

        assertThat(JsonBody.read(dripping(bytes), 100, Duration.ofSeconds(30), now::get))
                .isEqualTo(bytes);
        assertThatThrownBy(() -> JsonBody.read(dripping(bytes), 100, Duration.ofSeconds(10), now::get))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(408);
                    assertThat(problem.code()).isEqualTo("body_too_slow");
                });
    }

    @Test
    void aBodyIsReadToItsLimit() throws IOException {
        var bytes = new byte[20_000];

        assertThat(JsonBody.read(new ByteArrayInputStream(bytes), 9_000, WINDOW, now::get))
                .hasSize(9_000);
        assertThat(JsonBody.read(new ByteArrayInputStream(bytes), 30_000, WINDOW, now::get))
                .hasSize(20_000);
    }
}
