package com.fleetman.stream;

import com.fleetman.platform.Health;
import com.fleetman.platform.HealthCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;

/** Whether what happens by the clock happens. Where it does not, only a new start helps. */
@ApplicationScoped
class SchedulerHealth implements HealthCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final StreamHub hub;

    @Inject
    SchedulerHealth(StreamHub hub) {
        this.hub = hub;
    }

    @Override
    public String component() {
        return "scheduler";
    }

    @Override
    public Set<Probe> probes() {
        return Set.of(Probe.LIVE);
    }

    @Override
    public Health check() {
        return Health.downUnless(
                hub.sinceTick().compareTo(LIMIT) < 0, "no heartbeat has been sent for more than a minute");
    }
}
