package com.fleetman.fleet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the days that a machine has not been given yet come to, for its meter and for its alarms. Pure arithmetic. */
final class Accumulation {
    /** Of a longer absence only this many days, the latest, are made up for. */
    static final int MOST_DAYS = 31;

    private Accumulation() {}

    /**
     * A machine as far as hours are concerned.
     *
     * @param accountedTo the last day that it has been given
     * @param running whether it collects hours: it is {@link MachineStatus#ACTIVE}
     */
    record Meter(LocalDate accountedTo, boolean running, UsageSchedule schedule) {}

    /**
     * An alarm as far as hours are concerned.
     *
     * @param countsFrom days before this one are not added to it
     */
    record Counter(UUID alarmId, BigDecimal accumulated, int intervalHours, boolean active, LocalDate countsFrom) {}

    /** @param accumulatedHours what the alarm had come to with this day, at least its interval */
    record Firing(UUID alarmId, LocalDate day, BigDecimal accumulatedHours) {}

    /**
     * @param days how many days were dealt with, those without hours included
     * @param hours what the machine has worked on them
     * @param accumulated what each alarm has after the last of them
     * @param firings in the order of the days, and of the alarms on one day
     */
    record Outcome(int days, BigDecimal hours, Map<UUID, BigDecimal> accumulated, List<Firing> firings) {}

    /**
     * Deals with the days after the last accounted one, to {@code last} and including it.
     *
     * @param counters the alarms of the machine, in their order
     */
    static Outcome of(Meter meter, List<Counter> counters, LocalDate last) {
        var accumulated = new LinkedHashMap<UUID, BigDecimal>();
        counters.forEach(counter -> accumulated.put(counter.alarmId(), counter.accumulated()));
        var firings = new ArrayList<Firing>();
        BigDecimal daily = meter.schedule().dailyHours();
        BigDecimal hours = BigDecimal.ZERO;
        int days = 0;
        for (LocalDate day = first(meter, last); !day.isAfter(last); day = day.plusDays(1)) {
            days++;
            if (!meter.running() || !meter.schedule().isOperatingDay(day)) {
                continue;
            }
            hours = hours.add(daily);
            for (Counter counter : counters) {
                if (!counter.active() || day.isBefore(counter.countsFrom())) {
                    continue;
                }
                BigDecimal sum = accumulated
                        .getOrDefault(counter.alarmId(), BigDecimal.ZERO)
                        .add(daily);
                if (sum.compareTo(BigDecimal.valueOf(counter.intervalHours())) >= 0) {
                    firings.add(new Firing(counter.alarmId(), day, sum));
                    sum = BigDecimal.ZERO;
                }
                accumulated.put(counter.alarmId(), sum);
            }
        }
        return new Outcome(days, hours, accumulated, firings);
    }

    private static LocalDate first(Meter meter, LocalDate last) {
        LocalDate next = meter.accountedTo().plusDays(1);
        LocalDate earliest = last.minusDays(MOST_DAYS - 1L);
        return next.isBefore(earliest) ? earliest : next;
    }
}
