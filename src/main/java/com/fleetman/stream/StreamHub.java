package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.identity.SessionsEnded;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All streams of this node, and the place where signals meet them. It knows no feature: what it hears after a commit is
 * who has something new, and up to which position.
 */
@ApplicationScoped
public class StreamHub implements Connection.Owner {
    private static final Logger LOG = Logger.getLogger(StreamHub.class.getName());
    private static final Duration FULL_RETRY = Duration.ofSeconds(5);
    static final Duration TICK = Duration.ofMillis(100);

    private final Settings.Streams settings;
    private final LogReader log;
    private final ClusterBus bus;
    private final Executor writers;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<UUID, UserStream> users = new ConcurrentHashMap<>();
    private final HeartbeatWheel<Connection> wheel;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean draining;

    @Inject
    StreamHub(Settings settings, LogReader log, ClusterBus bus, WriterThreads writers, Clock clock) {
        this(settings.streams(), log, bus, writers, clock, System::nanoTime);
    }

    StreamHub(
            Settings.Streams settings,
            LogReader log,
            ClusterBus bus,
            Executor writers,
            Clock clock,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.log = log;
        this.bus = bus;
        this.writers = writers;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.wheel = new HeartbeatWheel<>(settings.heartbeat(), TICK);
    }

    void onWakeUp(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal.WakeUp wakeUp) {
        bus.publish(wakeUp);
    }

    void onHint(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal.Hint hint) {
        bus.publish(hint);
    }

    void onSessionsEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsEnded ended) {
        bus.publish(new Signal.Ended(ended.sessionIds(), ended.reason().code()));
    }

    /** Takes a signal from the bus. Never blocks and never throws. */
    void accept(Signal signal) {
        switch (signal) {
            case Signal.WakeUp wakeUp -> {
                UserStream user = users.get(wakeUp.userId());
                if (user != null) {
                    user.grown(wakeUp.seq(), wakeUp.frame());
                }
            }
            case Signal.Hint hint -> {
                UserStream user = users.get(hint.userId());
                if (user != null) {
                    user.hint(Frame.hint(hint.name(), hint.data()));
                }
            }
            case Signal.Ended ended -> end(ended.sessionIds(), ended.reason());
        }
    }

    private void end(Set<UUID> sessions, String reason) {
        for (Connection connection : wheel.members()) {
            if (sessions.contains(connection.sessionId())) {
                connection.endWith(CloseReason.EXPIRED, StreamEvents.expired(reason));
            }
        }
    }

    /**
     * Gives a stream its place, before anything of the log is read: what is committed from now on will signal it.
     *
     * @throws Problem 503 {@code too_many_streams} or {@code shutting_down}
     */
    Connection admit(Caller caller, Sse sse) {
        if (draining) {
            throw Problem.unavailable("shutting_down", "this node is shutting down; connect again", FULL_RETRY);
        }
        if (open.incrementAndGet() > settings.perNode()) {
            open.decrementAndGet();
            throw Problem.unavailable("too_many_streams", "this node has all the streams it takes", FULL_RETRY);
        }
        var admitted = new Connection[1];
        var superseded = new Connection[1];
        try {
            users.compute(caller.userId(), (id, known) -> {
                UserStream user = known == null ? new UserStream(id, log, sse) : known;
                user.oldestBeyond(settings.perUser()).ifPresent(oldest -> {
                    user.remove(oldest);
                    superseded[0] = oldest;
                });
                admitted[0] = new Connection(caller, user, this, writers, nanoTime, clock.instant());
                user.add(admitted[0]);
                return user;
            });
        } catch (RuntimeException e) {
            open.decrementAndGet();
            throw e;
        }
        wheel.add(admitted[0]);
        if (superseded[0] != null) {
            superseded[0].endWith(CloseReason.SUPERSEDED, StreamEvents.superseded());
        }
        if (draining) {
            farewell(admitted[0]);
        }
        return admitted[0];
    }

    /** Starts an admitted stream at the position that {@code lastEventId} asks for, or at the log's end. */
    void start(Connection connection, Wire wire, LogReader.Bounds bounds, @Nullable String lastEventId) {
        StartPosition start = StartPosition.of(bounds, lastEventId);
        Frame first = StreamEvents.connected(
                connection,
                start.cursor(),
                bounds,
                clock.instant(),
                new StreamEvents.Timing(settings.heartbeat(), settings.retry()),
                start.resetReason() == null);
        if (start.resetReason() != null) {
            first = first.followedBy(StreamEvents.reset(start.resetReason(), bounds));
        }
        LOG.info(() -> "stream opened user=" + connection.user().userId() + " session=" + connection.sessionId()
                + " stream=" + connection.id() + " from=" + start.cursor() + " behind="
                + (bounds.lastSeq() - start.cursor()) + " streams=" + open.get());
        connection.user().grown(bounds.lastSeq(), null);
        connection.start(wire, start.cursor(), first);
    }

    @Override
    public void gone(Connection connection, CloseReason reason) {
        wheel.remove(connection);
        users.computeIfPresent(connection.user().userId(), (id, user) -> {
            user.remove(connection);
            if (!user.isEmpty()) {
                return user;
            }
            user.close();
            return null;
        });
        int left = open.decrementAndGet();
        LOG.info(() -> "stream closed user=" + connection.user().userId() + " session=" + connection.sessionId()
                + " stream=" + connection.id() + " reason=" + reason.name().toLowerCase(java.util.Locale.ROOT)
                + " delivered=" + connection.delivered() + " cursor=" + connection.cursor() + " lag="
                + Math.max(0, connection.user().latest() - connection.cursor()) + " seconds="
                + Duration.between(connection.openedAt(), clock.instant()).toSeconds() + " streams=" + left);
    }

    /** Tells a user's devices where the log really ends; those that are behind get another chance to write. */
    void reconcile(UUID userId, long lastSeq) {
        UserStream user = users.get(userId);
        if (user != null && user.reconcile(lastSeq)) {
            LOG.fine(() -> "reconciled user=" + userId + " to=" + lastSeq);
        }
    }

    /** The streams that are open on this node. */
    int openStreams() {
        return open.get();
    }

    Collection<UserStream> users() {
        return users.values();
    }

    Set<Connection> connections() {
        return wheel.members();
    }

    /** One step of the heartbeat wheel; called every {@link #TICK} by one thread. */
    void tick() {
        wheel.turn(Connection::heartbeat);
    }

    /** Cuts the clients that have taken nothing for the stall limit. */
    void cutStalled() {
        for (Connection connection : wheel.members()) {
            if (connection.isStalled(settings.stallLimit().toNanos())) {
                connection.close(CloseReason.STALLED);
            }
        }
    }

    /** Asks every client to come back elsewhere, each at a time of its own, and takes no new ones. */
    void drain() {
        draining = true;
        wheel.members().forEach(this::farewell);
    }

    private void farewell(Connection connection) {
        connection.endWith(CloseReason.DRAINED, reconnect());
    }

    /** Asks a client to come back elsewhere, at a time of its own. */
    Frame reconnect() {
        long spread = Math.max(1_000, Math.min(10_000, open.get()));
        long retry =
                settings.retry().toMillis() / 2 + ThreadLocalRandom.current().nextLong(spread);
        return StreamEvents.reconnect(Duration.ofMillis(retry));
    }
}
