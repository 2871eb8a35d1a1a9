package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A node without a container: its hub and reconciliation with a log, writers, a clock and a broadcaster to command. */
final class TestNode {
    static final Duration STALL = Duration.ofSeconds(30);
    static final Duration TOKEN = Duration.ofMinutes(15);
    static final int PER_USER = 3;
    static final int PER_NODE = 6;

    final MemoryLog log = new MemoryLog();
    final ManualExecutor writers = new ManualExecutor();
    final ManualClock clock = new ManualClock();
    final FakeSse sse = new FakeSse();
    final LocalBus bus = new LocalBus();
    final FakeAnnouncements announcements = new FakeAnnouncements(log);
    final Map<UUID, Instant> liveSessions = new HashMap<>();
    final StreamMetrics metrics = new StreamMetrics();
    final DeliveryRecorder tracing = new DeliveryRecorder();
    final StreamHub hub;
    final Reconciliation reconciliation;
    boolean sessionsAway;

    TestNode() {
        hub = hub(writers);
        reconciliation = new Reconciliation(hub, log, announcements, this::live, clock);
        bus.start(hub::accept);
    }

    /** Another hub on the same log, whose streams are written by real threads. */
    StreamHub hub(Executor executor) {
        return hub(executor, PER_NODE);
    }

    StreamHub hub(Executor executor, int perNode) {
        var settings = new Settings.Streams(
                PER_USER,
                perNode,
                Duration.ofSeconds(30),
                STALL,
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofDays(7));
        return new StreamHub(settings, log, bus, executor, clock, clock::nanos, metrics, tracing);
    }

    private Map<UUID, Instant> live(java.util.Collection<UUID> sessions) {
        if (sessionsAway) {
            throw new IllegalStateException("the database is away");
        }
        var live = new HashMap<>(liveSessions);
        live.keySet().retainAll(sessions);
        return live;
    }

    Caller caller(UUID userId) {
        UUID sessionId = Ids.next();
        Instant expiresAt = clock.instant().plus(TOKEN);
        liveSessions.put(sessionId, expiresAt);
        return new Caller(userId, sessionId, Set.of("CLIENT"), expiresAt);
    }

    Connection open(UUID userId, Wire wire) {
        return open(userId, wire, null);
    }

    Connection open(UUID userId, Wire wire, @Nullable String lastEventId) {
        Connection connection = hub.admit(caller(userId), sse);
        start(connection, wire, lastEventId);
        writers.runAll();
        return connection;
    }

    void start(Connection connection, Wire wire, @Nullable String lastEventId) {
        hub.start(connection, wire, bounds(connection.user().userId()), lastEventId);
    }

    LogReader.Bounds bounds(UUID userId) {
        try {
            return log.bounds(userId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits an event and lets the hub know, as the observer of the commit does. */
    void commit(UUID userId, String data) {
        Frame frame = log.append(userId, data);
        hub.accept(new Signal.WakeUp(userId, frame.seq(), frame));
    }

    void commit(UUID userId, int events) {
        for (int i = 0; i < events; i++) {
            commit(userId, "{}");
        }
    }

    /** Lets the hub know of a position only, as another node does. */
    void wakeUp(UUID userId, long seq) {
        hub.accept(new Signal.WakeUp(userId, seq, null));
    }

    void fullTurnOfTheWheel() {
        for (int i = 0; i < 300; i++) {
            hub.tick();
        }
    }
}
