package com.fleetman.stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A node's clock that {@link Misfortune} moves. Only in wars of tests. */
@Alternative
@Priority(1)
@ApplicationScoped
public class MovedClock {
    private final Misfortune misfortune;

    @Inject
    MovedClock(Misfortune misfortune) {
        this.misfortune = misfortune;
    }

    @Produces
    @Singleton
    Clock clock() {
        return new Moved(Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)), misfortune);
    }

    private static final class Moved extends Clock {
        private final Clock right;
        private final Misfortune misfortune;

        Moved(Clock right, Misfortune misfortune) {
            this.right = right;
            this.misfortune = misfortune;
        }

        @Override
        public Instant instant() {
            return right.instant().plus(misfortune.offset());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }
    }
}
