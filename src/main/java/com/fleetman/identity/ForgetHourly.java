package com.fleetman.identity;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs {@link ForgetSessions} every hour, on every node at another minute; one that fails is tried again next time. */
@ApplicationScoped
class ForgetHourly {
    private static final Logger LOG = Logger.getLogger(ForgetHourly.class.getName());
    private static final int MOST_BATCHES = 200;

    private final ForgetSessions forget;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> job;

    @Inject
    ForgetHourly(ForgetSessions forget, ManagedScheduledExecutorService scheduler) {
        this.forget = forget;
        this.scheduler = scheduler;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        long first = ThreadLocalRandom.current().nextLong(60, 3_600);
        job = scheduler.scheduleWithFixedDelay(() -> forget(forget::forgetSome), first, 3_600, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        ScheduledFuture<?> started = job;
        if (started != null) {
            started.cancel(false);
        }
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
