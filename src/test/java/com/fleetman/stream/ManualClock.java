package com.fleetman.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when the test says so: for people as {@link Clock}, for measuring as {@link #nanos()}. */
final class ManualClock extends Clock {
    static final Instant START = Instant.parse("2026-01-10T12:00:00Z");
    private Instant now = START;
    private Runnable meanwhile = () -> {};

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What happens elsewhere while somebody measures. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    long nanos() {
        meanwhile.run();
        return Duration.between(START, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
