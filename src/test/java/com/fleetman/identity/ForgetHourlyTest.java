package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.persistence.PersistenceException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForgetHourlyTest {
    private final AtomicInteger batches = new AtomicInteger();

    @Test
    void goesOnUntilNothingIsLeft() {
        ForgetHourly.forget(() -> batches.incrementAndGet() < 3);

        assertThat(batches).hasValue(3);
    }

    @Test
    void stopsForNowIfThereIsNoEnd() {
        ForgetHourly.forget(() -> batches.incrementAndGet() > 0);

        assertThat(batches).hasValue(200);
    }

    @Test
    void survivesAFailureSinceTheSchedulerWouldNotCallAgain() {
        assertThatCode(() -> ForgetHourly.forget(() -> {
                    throw new PersistenceException("the database is away");
                }))
                .doesNotThrowAnyException();
    }
}
