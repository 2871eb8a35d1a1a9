package com.fleetman.fleet;

import com.fleetman.platform.Settings;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does the daily run when its time has come, or has passed while no node was up. Looks at the clock every few seconds, on
 * every node; the run itself has a thread of its own, since it takes minutes and the scheduler has few.
 */
@ApplicationScoped
class RunDaily {
    private static final Logger LOG = Logger.getLogger(RunDaily.class.getName());
    private static final int LOOK_SECONDS = 5;
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Does what is due at an instant. */
    @FunctionalInterface
    interface Run {
        /** @return whether nothing is left to do until the next time of the schedule */
        boolean due(Instant now) throws SQLException;
    }

    private final Run run;
    private final Runnable stopRun;
    private final ManagedScheduledExecutorService scheduler;
    private final Settings settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private @Nullable ScheduledFuture<?> looking;
    private @Nullable Thread running;
    private @Nullable Instant done;
    private @Nullable Long notBefore;

    @Inject
    RunDaily(DailyRun dailyRun, ManagedScheduledExecutorService scheduler, Settings settings, Clock clock) {
        this(dailyRun::runDue, dailyRun::stop, scheduler, settings, clock, System::nanoTime);
    }

    RunDaily(
            Run run,
            Runnable stopRun,
            ManagedScheduledExecutorService scheduler,
            Settings settings,
            Clock clock,
            LongSupplier nanoTime) {
        this.run = run;
        this.stopRun = stopRun;
        this.scheduler = scheduler;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    synchronized void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        looking = scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the transaction that is under way, but not for long. */
    void stop(@Observes Stopping event) {
        stopRun.run();
        Thread last;
        synchronized (this) {
            if (looking != null) {
                looking.cancel(false);
            }
            last = running;
        }
        if (last != null) {
            try {
                last.join(STOP_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts the run if one is due and none is under way here. */
    synchronized void look() {
        Optional<Instant> time = settings.maintenance().latest(clock.instant());
        boolean waits = notBefore != null && nanoTime.getAsLong() - notBefore < 0;
        if (time.isEmpty() || time.get().equals(done) || waits || (running != null && running.isAlive())) {
            return;
        }
        running = Thread.ofPlatform().daemon().name("fleetman-daily-run").start(() -> run(time.get()));
    }

    private void run(Instant time) {
        try {
            if (run.due(clock.instant())) {
                note(time, null);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "the daily run was interrupted; it goes on in a minute", e);
            note(null, nanoTime.getAsLong() + AFTER_FAILURE.toNanos());
        }
    }

    private synchronized void note(@Nullable Instant finished, @Nullable Long next) {
        done = finished == null ? done : finished;
        notBefore = next;
    }
}
