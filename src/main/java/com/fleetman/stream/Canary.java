package com.fleetman.stream;

import com.fleetman.platform.Health;
import com.fleetman.platform.HealthCheck;
import com.fleetman.platform.Histogram;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Measured;
import com.fleetman.platform.Meters;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tries all the time whether what the product is for works on this node: appends an event in a transaction and waits
 * until a stream of this node has it, through the same log, hub and connection as everybody's. Only HTTP is left out.
 */
@ApplicationScoped
public class Canary implements Measured, HealthCheck {
    private static final Logger LOG = Logger.getLogger(Canary.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(1);

    private final StreamHub hub;
    private final LogReader log;
    private final BiConsumer<CanarySang, Instant> append;
    private final ManagedScheduledExecutorService scheduler;
    private final String node;
    private final Duration interval;
    private final Clock clock;
    private final Histogram seconds = new Histogram();
    private final LongAdder failures = new LongAdder();
    private final CanaryWire wire = new CanaryWire();
    private volatile @Nullable Connection connection;
    private volatile @Nullable CompletableFuture<Long> awaited;
    private volatile @Nullable ScheduledFuture<?> looking;
    private volatile @Nullable Thread running;
    private volatile boolean stopped;
    private volatile Health health = Health.UP;
    private long lastRun = System.nanoTime();

    @Inject
    Canary(
            StreamHub hub,
            LogReader log,
            CanaryLog own,
            ManagedScheduledExecutorService scheduler,
            Settings settings,
            Clock clock) {
        this(
                hub,
                log,
                own::append,
                scheduler,
                settings.node(),
                settings.monitoring().canary(),
                clock);
    }

    Canary(
            StreamHub hub,
            LogReader log,
            BiConsumer<CanarySang, Instant> append,
            ManagedScheduledExecutorService scheduler,
            String node,
            Duration interval,
            Clock clock) {
        this.hub = hub;
        this.log = log;
        this.append = append;
        this.scheduler = scheduler;
        this.node = node;
        this.interval = interval;
        this.clock = clock;
    }

    /** Looks every second, since a server may keep a cancelled task until its time has come. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
        if (!interval.isZero()) {
            looking = scheduler.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes Stopping event) {
        stopped = true;
        ScheduledFuture<?> task = looking;
        if (task != null) {
            task.cancel(false);
        }
        CompletableFuture<Long> waiting = awaited;
        if (waiting != null) {
            waiting.cancel(false);
        }
        Thread last = running;
        if (last != null) {
            try {
                last.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Connection open = connection;
        if (open != null) {
            open.close(CloseReason.DRAINED);
        }
    }

    /** On a thread of its own: it waits, and the few threads of the scheduler must not. */
    private void look() {
        Thread last = running;
        boolean busy = last != null && last.isAlive();
        if (!stopped && !busy && System.nanoTime() - lastRun >= interval.toNanos()) {
            lastRun = System.nanoTime();
            running = Thread.ofPlatform().daemon().name("fleetman-canary").start(this::sing);
        }
    }

    /** One trial. Never throws. */
    void sing() {
        try {
            listen();
            UUID song = Ids.next();
            CompletableFuture<Long> heard = wire.listen(song);
            awaited = heard;
            long start = System.nanoTime();
            append.accept(new CanarySang(node, song), clock.instant().minus(KEPT));
            seconds.record(heard.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) - start);
            health = Health.UP;
        } catch (TimeoutException e) {
            failed("an event did not reach a stream of this node within " + PATIENCE.toSeconds() + " seconds", e);
        } catch (SQLException | ExecutionException | RuntimeException e) {
            failed("an event could not be appended to a log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            LogReader.Bounds bounds = log.bounds(CanaryLog.USER);
            Connection attending = hub.attend(CanaryLog.USER, new OwnSse(), (over, reason) -> hub.leave(over));
            connection = attending;
            attending.user().grown(bounds.lastSeq(), null);
            attending.start(wire, bounds.lastSeq(), Frame.HEARTBEAT);
        }
    }

    private void failed(String reason, Exception failure) {
        if (!stopped) {
            failures.increment();
            health = Health.degraded(reason);
            LOG.log(Level.WARNING, () -> "canary: " + reason + ": " + failure);
        }
    }

    /** How many trials went well. */
    long heard() {
        return seconds.count();
    }

    @Override
    public void measure(Meters meters) {
        meters.histogram(
                "canary_seconds", "From the call that appends an event until a stream of this node has it.", seconds);
        meters.counter("canary_failures", "Trials of the canary that failed.", failures);
        meters.gauge(
                "canary_up",
                "1 unless the canary's last trial failed.",
                () -> health.state() == Health.State.UP ? 1 : 0);
    }

    @Override
    public String component() {
        return "canary";
    }

    @Override
    public Set<Probe> probes() {
        return interval.isZero() ? Set.of() : Set.of(Probe.READY);
    }

    @Override
    public Health check() {
        return health;
    }
}
