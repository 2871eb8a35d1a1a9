package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccumulationTest {
    private static final UUID ALARM = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final LocalDate LONG_AGO = LocalDate.parse("2020-01-01");
    private static final UsageSchedule DAILY = schedule("8", DayOfWeek.values());

    private static UsageSchedule schedule(String hours, DayOfWeek... days) {
        return new UsageSchedule(new BigDecimal(hours), List.of(days));
    }

    private static Accumulation.Counter counter(UUID id, String accumulated, int interval) {
        return new Accumulation.Counter(id, new BigDecimal(accumulated), interval, true, LONG_AGO);
    }

    private static Accumulation.Outcome run(
            UsageSchedule schedule, String accountedTo, String last, Accumulation.Counter... counters) {
        var meter = new Accumulation.Meter(LocalDate.parse(accountedTo), true, schedule);
        return Accumulation.of(meter, List.of(counters), LocalDate.parse(last));
    }

    private static Accumulation.Firing firing(UUID id, String day, String hours) {
        return new Accumulation.Firing(id, LocalDate.parse(day), new BigDecimal(hours));
    }

    @Test
    void aDayAddsItsHoursToTheMachineAndToEachAlarm() {
        var outcome = run(
                schedule("7.25", DayOfWeek.values()),
                "2026-11-22",
                "2026-11-23",
                counter(ALARM, "10", 250),
                counter(OTHER, "0.5", 500));

        assertThat(outcome.days()).isEqualTo(1);
        assertThat(outcome.hours()).isEqualByComparingTo("7.25");
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo("17.25");
        assertThat(outcome.accumulated().get(OTHER)).isEqualByComparingTo("7.75");
        assertThat(outcome.firings()).isEmpty();
    }

    @Test
    void nothingIsLeftToDoForADayThatIsAccounted() {
        for (String last : List.of("2026-11-23", "2026-11-22")) {
            var outcome = run(DAILY, "2026-11-23", last, counter(ALARM, "249", 250));

            assertThat(outcome.days()).isZero();
            assertThat(outcome.hours()).isZero();
            assertThat(outcome.firings()).isEmpty();
        }
    }

    @Test
    void onlyOperatingDaysAddHours() {
        // The 21st and 22nd of November 2026 are a weekend.
        var outcome = run(
                schedule(
                        "8",
                        DayOfWeek.MONDAY,
                        DayOfWeek.TUESDAY,
                        DayOfWeek.WEDNESDAY,
                        DayOfWeek.THURSDAY,
                        DayOfWeek.FRIDAY),
                "2026-11-19",
                "2026-11-23",
                counter(ALARM, "0", 250));

        assertThat(outcome.days()).isEqualTo(4);
        assertThat(outcome.hours()).isEqualByComparingTo("16");
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo("16");
    }

    @Test
    void aMachineThatIsNotActiveHasItsDaysPassWithoutHours() {
        var meter = new Accumulation.Meter(LocalDate.parse("2026-11-20"), false, DAILY);

        var outcome = Accumulation.of(meter, List.of(counter(ALARM, "249", 250)), LocalDate.parse("2026-11-23"));

        assertThat(outcome.days()).isEqualTo(3);
        assertThat(outcome.hours()).isZero();
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo("249");
        assertThat(outcome.firings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"241.99,false", "242,true", "242.01,true", "300,true"})
    void firesAtTheIntervalAndBeginsAtNothing(String accumulated, boolean fires) {
        var outcome = run(DAILY, "2026-11-22", "2026-11-23", counter(ALARM, accumulated, 250));

        assertThat(outcome.firings()).hasSize(fires ? 1 : 0);
        BigDecimal sum = new BigDecimal(accumulated).add(new BigDecimal(8));
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo(fires ? BigDecimal.ZERO : sum);
        if (fires) {
            assertThat(outcome.firings()).containsExactly(firing(ALARM, "2026-11-23", sum.toPlainString()));
        }
    }

    @Test
    void firesSeveralTimesInOneCatchUpEachOnItsDay() {
        var outcome = run(DAILY, "2026-11-17", "2026-11-23", counter(ALARM, "10", 16), counter(OTHER, "0", 24));

        assertThat(outcome.firings())
                .containsExactly(
                        firing(ALARM, "2026-11-18", "18"),
                        firing(ALARM, "2026-11-20", "16"),
                        firing(OTHER, "2026-11-20", "24"),
                        firing(ALARM, "2026-11-22", "16"),
                        firing(OTHER, "2026-11-23", "24"));
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo("8");
        assertThat(outcome.accumulated().get(OTHER)).isZero();
    }

    @Test
    void anIntervalShorterThanADayFiresOnceADay() {
        var outcome = run(DAILY, "2026-11-20", "2026-11-23", counter(ALARM, "0", 1));

        assertThat(outcome.firings())
                .extracting(Accumulation.Firing::day)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void makesUpForTheLatest31DaysOfALongerAbsence() {
        assertThat(run(DAILY, "2026-10-23", "2026-11-23").hours())
                .as("31 days are missing")
                .isEqualByComparingTo("248");
        var outcome = run(DAILY, "2026-01-01", "2026-11-23", counter(ALARM, "0", 240));

        assertThat(outcome.days()).isEqualTo(31);
        assertThat(outcome.hours()).isEqualByComparingTo("248");
        assertThat(outcome.firings())
                .as("counted from the 24th of October")
                .containsExactly(firing(ALARM, "2026-11-22", "240"));
    }

    @Test
    void daysBeforeAnAlarmCountsDoNotCount() {
        var later = new Accumulation.Counter(ALARM, BigDecimal.ZERO, 250, true, LocalDate.parse("2026-11-22"));
        var idle = new Accumulation.Counter(OTHER, BigDecimal.ZERO, 250, false, LONG_AGO);

        var outcome = run(DAILY, "2026-11-18", "2026-11-23", later, idle);

        assertThat(outcome.hours()).isEqualByComparingTo("40");
        assertThat(outcome.accumulated().get(ALARM)).isEqualByComparingTo("16");
        assertThat(outcome.accumulated().get(OTHER)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-26,2026-03-02,4", // 28 days
        "2028-02-26,2028-03-02,5", // a leap day
        "2026-12-29,2027-01-02,4",
        "2026-04-28,2026-05-01,3",
        "2026-03-27,2026-03-30,3", // clocks go forward in Madrid on the 29th
        "2026-10-24,2026-10-26,2" // and back on the 25th
    })
    void everyDayOfTheCalendarCountsOnce(String accountedTo, String last, int days) {
        assertThat(run(DAILY, accountedTo, last).hours()).isEqualByComparingTo(String.valueOf(8 * days));
    }

    @ParameterizedTest
    @CsvSource({
        // 02:00 UTC of a day is already the afternoon in Kiritimati (UTC+14), and the day before in Pago Pago (UTC-11).
        "Pacific/Kiritimati,2026-11-24T02:00:00Z,2026-11-23",
        "Pacific/Kiritimati,2026-11-24T09:59:59Z,2026-11-23",
        "Pacific/Kiritimati,2026-11-24T10:00:00Z,2026-11-24",
        "Pacific/Pago_Pago,2026-11-24T02:00:00Z,2026-11-22",
        "Pacific/Pago_Pago,2026-11-24T11:00:00Z,2026-11-23",
        "UTC,2026-11-24T02:00:00Z,2026-11-23",
        // Clocks went back at 01:00 UTC, forward at 01:00 UTC.
        "Europe/Madrid,2026-10-25T21:59:59Z,2026-10-24",
        "Europe/Madrid,2026-10-25T22:30:00Z,2026-10-24",
        "Europe/Madrid,2026-10-25T23:00:00Z,2026-10-25",
        "Europe/Madrid,2026-03-28T22:59:59Z,2026-03-27",
        "Europe/Madrid,2026-03-28T23:00:00Z,2026-03-28",
        "Europe/Madrid,2026-03-29T22:00:00Z,2026-03-29",
        // There was no 00:00 on this day: it began at 01:00.
        "Africa/Cairo,2026-04-23T21:59:59Z,2026-04-22",
        "Africa/Cairo,2026-04-23T22:00:00Z,2026-04-23",
        "America/New_York,2028-03-01T04:59:59Z,2028-02-28",
        "America/New_York,2028-03-01T05:00:00Z,2028-02-29",
        "UTC,2027-01-01T00:00:00Z,2026-12-31"
    })
    void yesterdayIsThatOfTheMachinesTimeZone(String zone, Instant now, LocalDate yesterday) {
        LastDay lastDay = LastDay.yesterdayAt(now);

        assertThat(lastDay.in(ZoneId.of(zone))).isEqualTo(yesterday);
        assertThat(lastDay.latest()).isAfterOrEqualTo(yesterday);
    }
}
