package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 2 * * *     | 2026-11-24T02:00:00Z        | 2026-11-24T02:00:00Z
        0 2 * * *     | 2026-11-24T02:00:00.000001Z | 2026-11-24T02:00:00Z
        0 2 * * *     | 2026-11-24T02:00:59.999Z    | 2026-11-24T02:00:00Z
        0 2 * * *     | 2026-11-24T01:59:59.999999Z | 2026-11-23T02:00:00Z
        0 2 * * *     | 2026-03-01T00:00:00Z        | 2026-02-28T02:00:00Z
        0 2 * * *     | 2028-03-01T00:00:00Z        | 2028-02-29T02:00:00Z
        0 2 * * *     | 2027-01-01T01:00:00Z        | 2026-12-31T02:00:00Z
        30 */6 * * *  | 2026-11-24T13:00:00Z        | 2026-11-24T12:30:00Z
        0 0 1 1 *     | 2026-11-24T13:00:00Z        | 2026-01-01T00:00:00Z
        15 4 * * 1    | 2026-11-24T13:00:00Z        | 2026-11-23T04:15:00Z
        0 3 29 2 *    | 2026-11-24T13:00:00Z        | 2024-02-29T03:00:00Z
        """)
    void tellsTheLastTimeThatHasCome(String cron, Instant now, Instant latest) {
        assertThat(CronSchedule.parse("X", cron).latest(now)).contains(latest);
    }

    @Test
    void isAtTwoUnlessSaid() {
        assertThat(SampleSettings.complete().maintenance()).hasToString("0 2 * * *");
        assertThat(SampleSettings.with(Map.of("FLEETMAN_MAINTENANCE_CRON", "30 3 * * *"))
                        .maintenance()
                        .latest(Instant.parse("2026-11-24T03:30:00Z")))
                .contains(Instant.parse("2026-11-24T03:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"daily", "0 2 * *", "0 0 2 * * *", "60 2 * * *", "0 2 * * *; drop", "0 0 30 2 *"})
    void whatIsNoScheduleEndsTheStartWithOneSentence(String cron) {
        assertThatThrownBy(() -> SampleSettings.with(Map.of("FLEETMAN_MAINTENANCE_CRON", cron)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith("FLEETMAN_MAINTENANCE_CRON must be a cron expression")
                .hasMessageEndingWith("but is \"" + cron + "\".");
    }
}
