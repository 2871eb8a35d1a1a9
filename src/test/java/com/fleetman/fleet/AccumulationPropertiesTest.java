package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Hours of machines and alarms, for any schedule and any days. */
class AccumulationPropertiesTest {
    private static final UUID ALARM = new UUID(0, 1);
    private static final LocalDate START = LocalDate.parse("2026-03-01");

    private static Accumulation.Outcome run(
            LocalDate accountedTo, LocalDate last, UsageSchedule schedule, BigDecimal before, int interval) {
        var counter = new Accumulation.Counter(ALARM, before, interval, true, LocalDate.MIN);
        return Accumulation.of(new Accumulation.Meter(accountedTo, true, schedule), List.of(counter), last);
    }

    private static UsageSchedule schedule(int hundredths, Set<DayOfWeek> days) {
        return new UsageSchedule(
                BigDecimal.valueOf(hundredths, 2), days.stream().sorted().toList());
    }

    /** One run over many days is what a run every day is: nothing is lost or counted twice between runs. */
    @Property(tries = 500)
    void manyDaysAtOnceAreTheDaysOneByOne(
            @ForAll @IntRange(max = 2_400) int hundredths,
            @ForAll Set<DayOfWeek> days,
            @ForAll @IntRange(min = 1, max = 31) int length,
            @ForAll @IntRange(min = 1, max = 300) int interval) {
        UsageSchedule schedule = schedule(hundredths, days);
        Accumulation.Outcome atOnce = run(START, START.plusDays(length), schedule, BigDecimal.ZERO, interval);
        BigDecimal hours = BigDecimal.ZERO;
        BigDecimal alarm = BigDecimal.ZERO;
        var firings = new ArrayList<Accumulation.Firing>();
        for (int i = 0; i < length; i++) {
            Accumulation.Outcome one = run(START.plusDays(i), START.plusDays(i + 1L), schedule, alarm, interval);
            hours = hours.add(one.hours());
            alarm = one.accumulated().getOrDefault(ALARM, BigDecimal.ZERO);
            firings.addAll(one.firings());
        }

        assertThat(atOnce.days()).isEqualTo(length);
        assertThat(atOnce.hours()).isEqualByComparingTo(hours);
        assertThat(atOnce.accumulated().getOrDefault(ALARM, BigDecimal.ZERO)).isEqualByComparingTo(alarm);
        assertThat(atOnce.firings()).isEqualTo(firings);
    }

    /** Every hour of the machine is in the alarm still, or in one of its firings. */
    @Property(tries = 500)
    void noHourIsLost(
            @ForAll @IntRange(max = 2_400) int hundredths,
            @ForAll Set<DayOfWeek> days,
            @ForAll @IntRange(min = 1, max = 31) int length,
            @ForAll @IntRange(min = 1, max = 300) int interval,
            @ForAll @IntRange(max = 30_000) int before) {
        BigDecimal already = BigDecimal.valueOf(before, 2);
        Accumulation.Outcome outcome =
                run(START, START.plusDays(length), schedule(hundredths, days), already, interval);

        BigDecimal fired = outcome.firings().stream()
                .map(Accumulation.Firing::accumulatedHours)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = outcome.accumulated().getOrDefault(ALARM, BigDecimal.ZERO);
        assertThat(fired.add(left)).isEqualByComparingTo(already.add(outcome.hours()));
        assertThat(outcome.firings())
                .allSatisfy(firing ->
                        assertThat(firing.accumulatedHours()).isGreaterThanOrEqualTo(BigDecimal.valueOf(interval)));
        if (outcome.hours().signum() > 0) {
            assertThat(left).isLessThan(BigDecimal.valueOf(interval).max(already));
        }
    }
}
