package com.fleetman.platform;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times that come again and again: a UNIX cron expression of five fields, by the clock of UTC. */
public final class CronSchedule {

    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final String text;
    private final ExecutionTime times;

    private CronSchedule(String text, ExecutionTime times) {
        this.text = text;
        this.times = times;
    }

    /**
     * @param name of the setting, for the error
     * @throws InvalidSettings unless it is an expression whose times come
     */
    static CronSchedule parse(String name, String text) {
        try {
            var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            var schedule = new CronSchedule(
                    text, ExecutionTime.forCron(parser.parse(text).validate()));
            if (schedule.latest(SOME_TIME).isPresent()) {
                return schedule;
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words as times that never come
        }
        throw new InvalidSettings(name
                + " must be a cron expression of five fields (minute, hour, day of month, month, day of week) in UTC"
                + " like 0 2 * * *, but is \"" + text + "\".");
    }

    /** The last of its times that is not after an instant. */
    public Optional<Instant> latest(Instant now) {
        ZonedDateTime nextMinute =
                now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        return times.lastExecution(nextMinute).map(ZonedDateTime::toInstant);
    }

    @Override
    public String toString() {
        return text;
    }
}
