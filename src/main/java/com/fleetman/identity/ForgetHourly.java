package com.fleetman.identity;

import com.fleetman.platform.HourlyJob;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs {@link ForgetSessions} every hour, on every node at another minute; one that fails is tried again next time. */
@ApplicationScoped
class ForgetHourly {
    private static final Logger LOG = Logger.getLogger(ForgetHourly.class.getName());
    private static final int MOST_BATCHES = 200;

    private final ManagedScheduledExecutorService scheduler;
    private final HourlyJob job;

    @Inject
    ForgetHourly(ForgetSessions forget, ManagedScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        this.job = new HourlyJob(() -> forget(forget::forgetSome));
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        job.start(scheduler);
    }

    @PreDestroy
    void stop() {
        job.stop();
    }

    /** Deletes batch by batch and lets no exception out: the scheduler would never call again. */
    static void forget(BooleanSupplier forgetSome) {
        try {
            for (int batch = 0; batch < MOST_BATCHES && forgetSome.getAsBoolean(); batch++) {
                LOG.fine("deleted a batch of expired sessions");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "could not delete expired sessions; trying again in an hour", e);
        }
    }
}
