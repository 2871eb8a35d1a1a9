package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456Z");
    private static final String ALARM = "0193a3a0-0000-7000-8000-000000000001";

    private static WriteHistory.Command checked(
            @Nullable String type,
            @Nullable String description,
            @Nullable String occurredAt,
            @Nullable String alarmId) {
        return new WriteHistory.Body(type, description, occurredAt, alarmId).checked(NOW);
    }

    private static List<String> refused(
            @Nullable String type,
            @Nullable String description,
            @Nullable String occurredAt,
            @Nullable String alarmId) {
        Problem problem = catchThrowableOfType(Problem.class, () -> checked(type, description, occurredAt, alarmId));
        return problem.body().errors().stream()
                .map(error -> error.field() + ":" + error.code())
                .toList();
    }

    @Test
    void anEntryIsOfNowUnlessItSaysOtherwise() {
        assertThat(checked("STOP", " out of fuel ", null, null))
                .isEqualTo(new WriteHistory.Command(MachineEventType.STOP, "out of fuel", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:05:00.123456Z, 2026-11-24T12:05:00.123Z",
        "1900-01-01T00:00:00Z, 1900-01-01T00:00:00Z",
        "2026-11-24T09:00:00-03:00, 2026-11-24T12:00:00Z"
    })
    void itMayHaveHappenedBeforeOrJustNowByAnotherClock(String sent, Instant taken) {
        assertThat(checked("STOP", "x", sent, null).occurredAt()).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:05:00.123457Z, in_the_future",
        "+1000000000-12-31T23:59:59Z, in_the_future",
        "1899-12-31T23:59:59Z, out_of_range",
        "-1000000000-01-01T00:00:00Z, out_of_range",
        "2026-11-24, invalid_instant",
        "2026-11-24T12:00:00, invalid_instant",
        "yesterday, invalid_instant"
    })
    void anyOtherTimeIsRefused(String sent, String code) {
        assertThat(refused("STOP", "x", sent, null)).containsExactly("occurredAt:" + code);
    }

    @ParameterizedTest
    @CsvSource({"MAINTENANCE", "REPAIR"})
    void maintenanceAndRepairMayHandleAnAlarm(String type) {
        assertThat(checked(type, "x", null, ALARM).alarmId()).hasToString(ALARM);
    }

    @ParameterizedTest
    @CsvSource({"INCIDENT", "FAILURE", "STOP"})
    void nothingElseMay(String type) {
        assertThat(refused(type, "x", null, ALARM)).containsExactly("alarmId:not_for_this_type");
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        assertThat(refused(null, null, "x", "x"))
                .containsExactly(
                        "type:required",
                        "description:required",
                        "occurredAt:invalid_instant",
                        "alarmId:invalid_uuid",
                        "alarmId:not_for_this_type");
        assertThat(refused("STATUS_CHANGED", "x".repeat(1_001), null, null))
                .containsExactly("type:unknown_value", "description:too_long");
        assertThat(checked("STOP", "🚜".repeat(1_000), null, null).description())
                .hasSize(2_000);
    }
}
