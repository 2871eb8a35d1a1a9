package com.fleetman.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The last day that a run deals with, by the calendar of each machine. */
@FunctionalInterface
interface LastDay {
    /** For a machine that stands in this time zone. */
    LocalDate in(ZoneId zone);

    /** What was yesterday there at an instant: the last day that is over there. */
    static LastDay yesterdayAt(Instant now) {
        return zone -> LocalDate.ofInstant(now, zone).minusDays(1);
    }

    /** The same day everywhere. */
    static LastDay always(LocalDate day) {
        return zone -> day;
    }

    /** The latest that it is in any zone. */
    default LocalDate latest() {
        return in(ZoneOffset.MAX);
    }
}
