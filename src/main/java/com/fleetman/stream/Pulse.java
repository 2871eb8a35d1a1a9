package com.fleetman.stream;

import com.fleetman.platform.Settings;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What happens by the clock: heartbeats, the cut of stalled clients, and the reconciliation, which makes every other
 * way of learning something a mere acceleration. Runs on the container's scheduler, writes to no socket there, and
 * never makes it wait.
 */
@ApplicationScoped
public class Pulse {
    private static final Logger LOG = Logger.getLogger(Pulse.class.getName());
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private static final Duration ALIVE = Duration.ofSeconds(5);

    private final StreamHub hub;
    private final Reconciliation reconciliation;
    private final ClusterBus bus;
    private final ManagedScheduledExecutorService scheduler;
    private final Executor threads;
    private final Settings.Streams settings;
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

    @Inject
    Pulse(
            StreamHub hub,
            Reconciliation reconciliation,
            ClusterBus bus,
            ManagedScheduledExecutorService scheduler,
            WriterThreads threads,
            Settings settings) {
        this(hub, reconciliation, bus, scheduler, threads, settings.streams());
    }

    Pulse(
            StreamHub hub,
            Reconciliation reconciliation,
            ClusterBus bus,
            ManagedScheduledExecutorService scheduler,
            Executor threads,
            Settings.Streams settings) {
        this.hub = hub;
        this.reconciliation = reconciliation;
        this.bus = bus;
        this.scheduler = scheduler;
        this.threads = threads;
        this.settings = settings;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
        Runnable compare = onDemand(reconciliation::positions);
        Runnable announce = onDemand(reconciliation::announce);
        bus.start(signal -> {
            if (signal instanceof Signal.Missed) {
                compare.run();
            } else if (signal instanceof Signal.Announced) {
                announce.run();
            } else {
                hub.accept(signal);
            }
        });
        every(StreamHub.TICK, hub::tick);
        every(Duration.ofMillis(500), hub::cutStalled);
        every(Duration.ofSeconds(1), aside(reconciliation::expireDue));
        every(settings.reconcile(), aside(reconciliation::run));
        every(settings.reconcile(), announce);
        every(ALIVE, () -> bus.publish(new Signal.Alive("")));
    }

    /** Says good-bye to every client while the server still can, and waits for that, but not for long. */
    void stop(@Observes Stopping event) {
        hub.drain();
        long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (hub.openStreams() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        hub.connections().forEach(connection -> connection.close(CloseReason.DRAINED));
        tasks.forEach(task -> task.cancel(false));
        bus.stop();
    }

    private void every(Duration interval, Runnable task) {
        tasks.add(scheduler.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * The task on a thread of its own, one at a time: it waits for the database, and if that hangs, the few threads of
     * the scheduler must go on with the heartbeats.
     */
    private Runnable aside(Runnable task) {
        var running = new AtomicBoolean();
        return () -> {
            if (running.compareAndSet(false, true)) {
                threads.execute(() -> {
                    try {
                        guarded(task);
                    } finally {
                        running.set(false);
                    }
                });
            }
        };
    }

    /** The same for what is asked for by signals: it is done once more if it was asked for while it ran. */
    private Runnable onDemand(Runnable task) {
        var asked = new AtomicInteger();
        return () -> {
            if (asked.getAndIncrement() == 0) {
                threads.execute(() -> {
                    int seen = asked.get();
                    while (seen != 0) {
                        guarded(task);
                        seen = asked.addAndGet(-seen);
                    }
                });
            }
        };
    }

    /** A scheduled task that throws is never run again. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a periodic task of the streams failed; it goes on", e);
        }
    }
}
