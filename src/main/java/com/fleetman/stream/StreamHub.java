package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.identity.SessionsEnded;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All streams of this node, and the place where signals meet them. It knows no feature: what it hears after a commit is
 * who has something new, and up to which position.
 */
@ApplicationScoped
public class StreamHub implements Connection.Owner {
    private static final Logger LOG = Logger.getLogger(StreamHub.class.getName());
    private static final Duration FULL_RETRY = Duration.ofSeconds(5);
    private static final int FEW = 100;
    static final Duration TICK = Duration.ofMillis(100);

    private final Settings.Streams settings;
    private final LogReader log;
    private final ClusterBus bus;
    private final Executor writers;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final StreamMetrics metrics;
    private final Tracing tracing;
    private final ConcurrentHashMap<UUID, UserStream> users = new ConcurrentHashMap<>();
    private final HeartbeatWheel<Connection> wheel;
    private final StreamsElsewhere elsewhere;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean draining;
    private volatile BiConsumer<Connection, CloseReason> watcher = (connection, reason) -> {};
    private volatile long lastTick;

    @Inject
    StreamHub(
            Settings settings,
            LogReader log,
            ClusterBus bus,
            WriterThreads writers,
            Clock clock,
            StreamMetrics metrics,
            Tracing tracing) {
        this(settings.streams(), log, bus, writers, clock, System::nanoTime, metrics, tracing);
    }

    StreamHub(
            Settings.Streams settings,
            LogReader log,
            ClusterBus bus,
            Executor writers,
            Clock clock,
            LongSupplier nanoTime,
            StreamMetrics metrics,
            Tracing tracing) {
        this.settings = settings;
        this.log = log;
        this.bus = bus;
        this.writers = writers;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.tracing = tracing;
        this.elsewhere = new StreamsElsewhere(nanoTime);
        this.wheel = new HeartbeatWheel<>(settings.heartbeat(), TICK);
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Appended.Commit commit) {
        commit.traced().forEach(Tracing.Append::committed);
        commit.wakeUps().forEach(this::onWakeUp);
    }

    void onWakeUp(Signal.WakeUp wakeUp) {
        metrics.appended();
        bus.publish(wakeUp.committed(nanoTime.getAsLong()));
    }

    void onHint(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal.Hint hint) {
        bus.publish(hint);
    }

    void onSessionsEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsEnded ended) {
        bus.publish(new Signal.Ended(ended.sessionIds(), ended.reason().code()));
    }

    void onClose(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal.Close close) {
        bus.publish(close);
    }

    /** Tells somebody of every stream that is over; must neither block nor throw. */
    void watch(BiConsumer<Connection, CloseReason> closed) {
        watcher = closed;
    }

    void onAnnounced(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal.Announced announced) {
        bus.publish(announced);
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
            case Signal.Close close -> close(close);
            case Signal.Held held -> heldElsewhere(held);
            case Signal.Alive alive -> elsewhere.alive(alive.node());
            case Signal.Announced announced -> {
                // for the reconciliation, as the next
            }
            case Signal.Missed missed -> {
                // not about one user
            }
        }
    }

    private void heldElsewhere(Signal.Held held) {
        UserStream user = users.get(held.userId());
        if (user != null && !held.node().isEmpty()) {
            if (elsewhere.note(held)) {
                tellOthers(user); // the other node may not have been listening when this was said last
            }
            supersedeBeyondLimit(held.userId());
        }
    }

    private void tellOthers(UserStream user) {
        bus.publish(new Signal.Held(
                user.userId(),
                "",
                user.connections().stream().map(Connection::id).toList()));
    }

    /**
     * Ends the oldest streams of a user with too many of them on all nodes together, as far as they are here. The node with
     * the oldest one had the user when every other one was opened, and so has heard of all of them.
     */
    private void supersedeBeyondLimit(UUID userId) {
        List<UUID> others = elsewhere.of(userId);
        if (others.isEmpty()) {
            return;
        }
        var superseded = new ArrayList<Connection>();
        users.computeIfPresent(userId, (id, user) -> {
            List<Connection> own = user.connections();
            Set<UUID> oldest = Stream.concat(others.stream(), own.stream().map(Connection::id))
                    .sorted(Comparator.comparing(UUID::toString)) // their time comes first in it
                    .limit(Math.max(0, others.size() + own.size() - settings.perUser()))
                    .collect(Collectors.toSet());
            own.stream().filter(connection -> oldest.contains(connection.id())).forEach(connection -> {
                user.remove(connection);
                superseded.add(connection);
            });
            return user;
        });
        superseded.forEach(connection -> connection.endWith(CloseReason.SUPERSEDED, StreamEvents.superseded()));
    }

    private void end(Set<UUID> sessions, String reason) {
        for (Connection connection : wheel.members()) {
            if (sessions.contains(connection.sessionId())) {
                connection.endWith(CloseReason.EXPIRED, StreamEvents.expired(reason));
            }
        }
    }

    private void close(Signal.Close close) {
        for (Connection connection : wheel.members()) {
            if (connection.id().equals(close.streamId())
                    || connection.user().userId().equals(close.userId())) {
                connection.endWith(CloseReason.CLOSED_BY_ADMIN, StreamEvents.closed(settings.retry()));
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
            metrics.refused("shutting_down");
            throw Problem.unavailable("shutting_down", "this node is shutting down; connect again", FULL_RETRY);
        }
        if (open.incrementAndGet() > settings.perNode()) {
            open.decrementAndGet();
            metrics.refused("too_many_streams");
            throw Problem.unavailable("too_many_streams", "this node has all the streams it takes", FULL_RETRY);
        }
        var admitted = new Connection[1];
        var superseded = new Connection[1];
        try {
            users.compute(caller.userId(), (id, known) -> {
                UserStream user = known == null ? hold(new UserStream(id, log, sse)) : known;
                user.oldestBeyond(settings.perUser()).ifPresent(oldest -> {
                    user.remove(oldest);
                    superseded[0] = oldest;
                });
                admitted[0] = new Connection(caller, user, this, writers, nanoTime, clock.instant());
                user.add(admitted[0]);
                tellOthers(user);
                return user;
            });
        } catch (RuntimeException e) {
            open.decrementAndGet();
            throw e;
        }
        wheel.add(admitted[0]);
        metrics.opened();
        if (superseded[0] != null) {
            superseded[0].endWith(CloseReason.SUPERSEDED, StreamEvents.superseded());
        }
        supersedeBeyondLimit(caller.userId());
        if (draining) {
            farewell(admitted[0]);
        }
        return admitted[0];
    }

    private UserStream hold(UserStream user) {
        bus.hold(user.userId());
        return user;
    }

    /**
     * Starts an admitted stream at the position that {@code lastEventId} asks for, or at the log's end.
     *
     * @return that position
     */
    long start(Connection connection, Wire wire, LogReader.Bounds bounds, @Nullable String lastEventId) {
        StartPosition start = StartPosition.of(bounds, lastEventId);
        Frame first = StreamEvents.connected(
                connection,
                start.cursor(),
                bounds,
                clock.instant(),
                new StreamEvents.Timing(settings.heartbeat(), spreadRetry()),
                start.resetReason() == null);
        if (start.resetReason() != null) {
            first = first.followedBy(StreamEvents.reset(start.resetReason(), bounds));
        }
        LOG.info(() -> "stream opened user=" + connection.user().userId() + " session=" + connection.sessionId()
                + " stream=" + connection.id() + " from=" + start.cursor() + " behind="
                + (bounds.lastSeq() - start.cursor()) + " streams=" + open.get());
        connection.replaysUntil(bounds.lastSeq());
        connection.user().grown(bounds.lastSeq(), null);
        connection.start(wire, start.cursor(), first);
        return start.cursor();
    }

    /**
     * The reconnection time of one client. The more streams there are, the more the times differ: after a crash of this
     * node, which says nothing, its clients come back one after the other.
     */
    private Duration spreadRetry() {
        long spread = Math.max(1, Math.min(10_000, open.get() - FEW));
        return settings.retry().plusMillis(ThreadLocalRandom.current().nextLong(spread));
    }

    @Override
    public void gone(Connection connection, CloseReason reason) {
        wheel.remove(connection);
        users.computeIfPresent(connection.user().userId(), (id, user) -> {
            user.remove(connection);
            tellOthers(user);
            if (!user.isEmpty()) {
                return user;
            }
            user.close();
            bus.release(id);
            elsewhere.forget(id);
            return null;
        });
        watcher.accept(connection, reason);
        int left = open.decrementAndGet();
        metrics.closed(reason);
        LOG.info(() -> "stream closed user=" + connection.user().userId() + " session=" + connection.sessionId()
                + " stream=" + connection.id() + " reason=" + reason.name().toLowerCase(java.util.Locale.ROOT)
                + " delivered=" + connection.delivered() + " cursor=" + connection.cursor() + " lag="
                + Math.max(0, connection.user().latest() - connection.cursor()) + " seconds="
                + Duration.between(connection.openedAt(), clock.instant()).toSeconds() + " streams=" + left);
    }

    @Override
    public StreamMetrics metrics() {
        return metrics;
    }

    @Override
    public Tracing tracing() {
        return tracing;
    }

    /**
     * A stream of this node's own: nobody's device, so it counts for no limit, gets no heartbeat and needs no session.
     *
     * @param owner told when it is over
     */
    Connection attend(UUID userId, Sse sse, Connection.Owner owner) {
        var attending = new Connection[1];
        users.compute(userId, (id, known) -> {
            UserStream user = known == null ? hold(new UserStream(id, log, sse)) : known;
            var caller = new Caller(userId, userId, Set.of(), Instant.MAX);
            attending[0] = new Connection(caller, user, owner, writers, nanoTime, clock.instant());
            user.add(attending[0]);
            return user;
        });
        return attending[0];
    }

    /** Ends what {@link #attend} began. */
    void leave(Connection connection) {
        users.computeIfPresent(connection.user().userId(), (id, user) -> {
            user.remove(connection);
            if (!user.isEmpty()) {
                return user;
            }
            user.close();
            bus.release(id);
            return null;
        });
    }

    /** Tells a user's devices where the log really ends; those that are behind get another chance to write. */
    void reconcile(UUID userId, long lastSeq) {
        UserStream user = users.get(userId);
        if (user != null && user.reconcile(lastSeq)) {
            metrics.reconciled();
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
        long now = nanoTime.getAsLong() | 1;
        if (lastTick != 0) {
            metrics.late(now - lastTick - TICK.toNanos());
        }
        lastTick = now;
        wheel.turn(Connection::heartbeat);
    }

    /** How long ago the wheel turned last; nothing before it turned for the first time. */
    Duration sinceTick() {
        long last = lastTick;
        return last == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - last);
    }

    boolean isDraining() {
        return draining;
    }

    boolean isFull() {
        return open.get() >= settings.perNode();
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
