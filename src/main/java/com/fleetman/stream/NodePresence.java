package com.fleetman.stream;

import com.fleetman.platform.HourlyJob;
import com.fleetman.platform.RequestMetrics;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lets the other nodes and the administrators know of this node every few seconds, and sees who of the others is gone. */
@ApplicationScoped
public class NodePresence {
    private static final Logger LOG = Logger.getLogger(NodePresence.class.getName());
    private static final String POM = "/META-INF/maven/com.fleetman/fleetman/pom.properties";
    private static final int BEATS_PER_BURIAL = 10;
    private static final Duration DELIVERY_TIMES_KEPT = Duration.ofDays(366);

    private static final String BEAT = """
            insert into node (id, name, version, started_at, seen_at, bus, streams, users, behind, lag, opened, closed,
                              failed, delivered, events_per_second, delivery_times, errors)
            values (?, ?, ?, ?, now(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as bigint[]), ?)
            on conflict (id) do update set seen_at = now(), bus = excluded.bus, streams = excluded.streams,
                users = excluded.users, behind = excluded.behind, lag = excluded.lag, opened = excluded.opened,
                closed = excluded.closed, failed = excluded.failed, delivered = excluded.delivered,
                events_per_second = excluded.events_per_second, delivery_times = excluded.delivery_times,
                errors = excluded.errors""";

    private final StreamHub hub;
    private final StreamJournal journal;
    private final StreamTables tables;
    private final ClusterBus bus;
    private final StatsTopic statsTopic;
    private final StreamMetrics metrics;
    private final RequestMetrics requests;
    private final DeliveryTimes deliveryTimes;
    private final WriterThreads threads;
    private final DataSource dataSource;
    private final Settings settings;
    private final Clock clock;
    private final Instant startedAt;
    private final AtomicBoolean beating = new AtomicBoolean();
    private final HourlyJob forgetting = new HourlyJob(this::forget);
    private String version = "development";
    private @Nullable ScheduledFuture<?> beats;
    private int count;
    private long deliveredBefore;
    private long beatBefore = System.nanoTime();
    private final LastMinute timesOfLastMinute = new LastMinute();
    private final LastMinute errorsOfLastMinute = new LastMinute();
    private boolean failing;
    private volatile boolean stopping;

    @Inject
    NodePresence(
            StreamHub hub,
            StreamJournal journal,
            StreamTables tables,
            ClusterBus bus,
            StatsTopic statsTopic,
            StreamMetrics metrics,
            RequestMetrics requests,
            DeliveryTimes deliveryTimes,
            WriterThreads threads,
            DataSource dataSource,
            Settings settings,
            Clock clock) {
        this.hub = hub;
        this.journal = journal;
        this.tables = tables;
        this.bus = bus;
        this.statsTopic = statsTopic;
        this.metrics = metrics;
        this.requests = requests;
        this.deliveryTimes = deliveryTimes;
        this.threads = threads;
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    synchronized void start(
            @Observes @Initialized(ApplicationScoped.class) Object context, ManagedScheduledExecutorService scheduler) {
        if (context instanceof ServletContext web) {
            version = version(web, version);
        }
        long interval = settings.streams().reconcile().toMillis();
        beats = scheduler.scheduleWithFixedDelay(this::beatAside, 100, interval, TimeUnit.MILLISECONDS);
        forgetting.start(scheduler);
    }

    private static String version(ServletContext web, String unknown) {
        try (InputStream pom = web.getResourceAsStream(POM)) {
            if (pom == null) {
                return unknown;
            }
            var properties = new Properties();
            properties.load(pom);
            return properties.getProperty("version", unknown);
        } catch (IOException e) {
            LOG.log(Level.FINE, "no version", e);
            return unknown;
        }
    }

    synchronized void stop(@Observes Stopping event) {
        stopping = true;
        forgetting.stop();
        if (beats != null) {
            beats.cancel(false);
        }
    }

    /** On a thread of its own, one at a time: the scheduler's few threads do not wait for the database. */
    private void beatAside() {
        if (beating.compareAndSet(false, true)) {
            try {
                threads.execute(() -> {
                    try {
                        beat();
                    } finally {
                        beating.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                LOG.log(Level.FINE, "stopping", e);
            }
        }
    }

    private void beat() {
        if (stopping) {
            return;
        }
        try {
            report();
            journal.flush(false);
            deliveryTimes.write();
            if (count++ % BEATS_PER_BURIAL == 0) {
                tables.bury();
            }
            statsTopic.tell();
            failing = false;
        } catch (SQLException | RuntimeException e) {
            // Once: while the database is away there is enough said of it.
            LOG.log(failing || stopping ? Level.FINE : Level.WARNING, () -> "this node could not report itself: " + e);
            failing = true;
        }
    }

    private void report() {
        StreamJournal.Totals totals = journal.totals();
        long now = System.nanoTime();
        double perSecond = Math.max(0, totals.delivered() - deliveredBefore) * 1e9 / Math.max(1, now - beatBefore);
        deliveredBefore = totals.delivered();
        beatBefore = now;
        int behind = 0;
        long lag = 0;
        for (Connection connection : hub.connections()) {
            if (connection.isBehind()) {
                behind++;
                lag = Math.max(lag, connection.user().latest() - connection.cursor());
            }
        }
        Sql.of(
                        BEAT,
                        tables.nodeId(),
                        settings.node(),
                        version,
                        startedAt,
                        bus.isUp() ? "up" : "down",
                        hub.openStreams(),
                        hub.users().size(),
                        behind,
                        lag,
                        totals.opened(),
                        totals.closed(),
                        totals.failed(),
                        totals.delivered(),
                        perSecond,
                        DeliveryTimes.literal(timesOfLastMinute.add(now, metrics.deliveryTimes())),
                        errorsOfLastMinute.add(now, new long[] {requests.failures() + totals.failed()})[0])
                .update(dataSource);
    }

    private void forget() {
        try {
            tables.forget(
                    clock.instant().minus(settings.streams().retention()),
                    settings.limits().streamHistory());
            deliveryTimes.forget(clock.instant().minus(DELIVERY_TIMES_KEPT));
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> "the history of streams could not be shortened: " + e);
        }
    }
}
