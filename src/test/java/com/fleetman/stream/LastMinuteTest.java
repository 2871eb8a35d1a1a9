package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
    private final LastMinute lastMinute = new LastMinute();

    private long[] add(int second, long... counts) {
        return lastMinute.add(Duration.ofSeconds(second).toNanos(), counts);
    }

    @Test
    void tellsTheIncreaseOfAMinuteAndNoMore() {
        assertThat(add(0, 100, 7)).containsExactly(0, 0);
        assertThat(add(30, 110, 7)).containsExactly(10, 0);
        assertThat(add(60, 130, 8)).containsExactly(30, 1);
        assertThat(add(61, 131, 8)).containsExactly(21, 1);
        assertThat(add(200, 131, 8)).containsExactly(0, 0);
    }
}
