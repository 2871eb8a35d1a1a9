package com.fleetman.fleet;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageScheduleTest {
    private static UsageSchedule.Body body(@Nullable String hours, String... days) {
        return new UsageSchedule.Body(hours == null ? null : new BigDecimal(hours), Arrays.asList(days));
    }

    private static List<String> refused(UsageSchedule.@Nullable Body body) {
        var fields = new Fields();
        UsageSchedule.check(fields, body);
        return catchThrowableOfType(Problem.class, fields::check).body().errors().stream()
                .map(error -> error.field() + ":" + error.code())
                .toList();
    }

    @Test
    void theDaysAreInTheOrderOfTheWeek() {
        var fields = new Fields();

        UsageSchedule schedule = UsageSchedule.check(fields, body("7.5", "SUNDAY", "MONDAY", "FRIDAY"));

        assertThatCode(fields::check).doesNotThrowAnyException();
        assertThat(schedule.operatingDays()).containsExactly(MONDAY, FRIDAY, SUNDAY);
        assertThat(Json.write(UsageSchedule.of(schedule.dailyHours(), schedule.mask())))
                .isEqualTo("{\"dailyHours\":7.5,\"operatingDays\":[\"MONDAY\",\"FRIDAY\",\"SUNDAY\"]}");
    }

    @Test
    void aMachineMayStandStill() {
        var fields = new Fields();

        UsageSchedule schedule = UsageSchedule.check(fields, body("0"));

        assertThatCode(fields::check).doesNotThrowAnyException();
        assertThat(schedule.mask()).isZero();
        assertThat(schedule.isOperatingDay(LocalDate.of(2026, 11, 24))).isFalse();
    }

    @Test
    void everySetOfDaysSurvivesTheDatabase() {
        for (short mask = 0; mask < 128; mask++) {
            assertThat(UsageSchedule.of(BigDecimal.ONE, mask).mask()).isEqualTo(mask);
        }
        assertThat(UsageSchedule.of(BigDecimal.ONE, (short) 1).operatingDays()).containsExactly(MONDAY);
        assertThat(UsageSchedule.of(BigDecimal.ONE, (short) 64).operatingDays()).containsExactly(SUNDAY);
        assertThat(UsageSchedule.of(BigDecimal.ONE, (short) 127).operatingDays())
                .containsExactly(DayOfWeek.values());
    }

    @Test
    void aDateIsAnOperatingDayByItsDayOfTheWeek() {
        UsageSchedule schedule = UsageSchedule.of(BigDecimal.TEN, (short) 0b001_0001);

        assertThat(schedule.isOperatingDay(LocalDate.of(2026, 11, 23))).isTrue(); // a Monday
        assertThat(schedule.isOperatingDay(LocalDate.of(2026, 11, 24))).isFalse();
        assertThat(schedule.isOperatingDay(LocalDate.of(2026, 11, 27))).isTrue();
    }

    @Test
    void everyWrongPartIsNamed() {
        assertThat(refused(null)).containsExactly("usageSchedule:required");
        assertThat(refused(new UsageSchedule.Body(null, null)))
                .containsExactly("usageSchedule.dailyHours:required", "usageSchedule.operatingDays:required");
        assertThat(refused(body("24.01", "MONDAY", "monday", "MONDAY")))
                .containsExactly(
                        "usageSchedule.dailyHours:out_of_range",
                        "usageSchedule.operatingDays.1:unknown_value",
                        "usageSchedule.operatingDays.2:duplicate");
    }
}
