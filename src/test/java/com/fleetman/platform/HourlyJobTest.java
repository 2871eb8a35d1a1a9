package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HourlyJobTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may run over
    private final AtomicInteger done = new AtomicInteger();
    private final HourlyJob job = new HourlyJob(done::incrementAndGet, now::get, Duration.ofMinutes(10));

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        job.look();
    }

    @Test
    void isDoneAfterTheFirstWaitAndThenOnceAnHour() {
        pass(Duration.ofMinutes(9));
        assertThat(done).hasValue(0);

        pass(Duration.ofMinutes(1));
        assertThat(done).hasValue(1);

        pass(Duration.ofSeconds(5));
        pass(Duration.ofMinutes(59));
        assertThat(done).hasValue(1);

        pass(Duration.ofMinutes(1));
        assertThat(done).hasValue(2);
    }
}
