package com.fleetman.platform;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A job that is done about once an hour, first after a random part of an hour, so that nodes that start together do not
 * work together. It looks at the clock every few seconds instead of having itself called in an hour: a server's scheduler
 * may keep a cancelled task, and with it all classes of the application, until the task's time has come.
 */
public final class HourlyJob {
    private static final int LOOK_SECONDS = 5;
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Runnable job;
    private final LongSupplier nanoTime;
    private long due;
    private @Nullable ScheduledFuture<?> looking;

    /** @param job lets no exception out, or it is never done again */
    public HourlyJob(Runnable job) {
        this(
                job,
                System::nanoTime,
                Duration.ofSeconds(ThreadLocalRandom.current().nextLong(60, INTERVAL.toSeconds())));
    }

    HourlyJob(Runnable job, LongSupplier nanoTime, Duration first) {
        this.job = job;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() + first.toNanos();
    }

    public synchronized void start(ManagedScheduledExecutorService scheduler) {
        looking = scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    public synchronized void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    void look() {
        if (nanoTime.getAsLong() - due >= 0) {
            job.run();
            due = nanoTime.getAsLong() + INTERVAL.toNanos();
        }
    }
}
