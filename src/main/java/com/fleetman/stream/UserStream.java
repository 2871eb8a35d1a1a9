package com.fleetman.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connected devices of one user on this node. Exists only while there is at least one. The JAX-RS broadcaster
 * carries wake-ups to the connections; whatever it drops, the cursors find.
 */
final class UserStream {
    private static final Logger LOG = Logger.getLogger(UserStream.class.getName());
    private static final int PAGE = 64;

    private final UUID userId;
    private final LogReader log;
    private final Sse sse;
    private final SseBroadcaster broadcaster;
    private final CopyOnWriteArrayList<WakeUpSink> sinks = new CopyOnWriteArrayList<>();
    private final AtomicLong latest = new AtomicLong();
    private final Tail tail = new Tail();
    private final ReentrantLock reading = new ReentrantLock();

    UserStream(UUID userId, LogReader log, Sse sse) {
        this.userId = userId;
        this.log = log;
        this.sse = sse;
        this.broadcaster = sse.newBroadcaster();
    }

    UUID userId() {
        return userId;
    }

    /** The newest position known to be committed. */
    long latest() {
        return latest.get();
    }

    List<Connection> connections() {
        return sinks.stream().map(WakeUpSink::connection).toList();
    }

    void add(Connection connection) {
        var sink = new WakeUpSink(connection);
        sinks.add(sink);
        try {
            broadcaster.register(sink);
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "broadcaster failed to register", e);
            sink.close();
        }
    }

    /** Takes a connection out; it may still be writing its farewell. */
    void remove(Connection connection) {
        sinks.removeIf(sink -> sink.connection() == connection);
    }

    boolean isEmpty() {
        return sinks.isEmpty();
    }

    /** The connection that was opened first, if there are as many as the limit. */
    Optional<Connection> oldestBeyond(int limit) {
        return sinks.size() < limit
                ? Optional.empty()
                : Optional.of(sinks.get(0).connection());
    }

    /** The log has grown to {@code seq}, as far as somebody knows. Never blocks and never throws. */
    void grown(long seq, @Nullable Frame frame) {
        if (frame != null) {
            tail.put(frame);
        }
        latest.accumulateAndGet(seq, Math::max);
        broadcast(() -> {
            OutboundSseEvent.Builder event = sse.newEventBuilder().id(Long.toString(seq));
            return frame == null
                    ? event.comment("wake-up").build()
                    : event.data(Frame.class, frame).build();
        });
    }

    /** Signals the devices that are behind the log's real end, and answers whether there was one. */
    boolean reconcile(long lastSeq) {
        latest.accumulateAndGet(lastSeq, Math::max);
        boolean behind = false;
        for (WakeUpSink sink : sinks) {
            if (sink.connection().isBehind()) {
                sink.connection().signal();
                behind = true;
            }
        }
        return behind;
    }

    void hint(Frame frame) {
        broadcast(() -> sse.newEventBuilder().data(Frame.class, frame).build());
    }

    private void broadcast(Supplier<OutboundSseEvent> made) {
        OutboundSseEvent event;
        try {
            event = made.get();
            broadcaster.broadcast(event);
        } catch (RuntimeException e) {
            // Seen on overflow of one subscriber: the others may or may not have got it.
            LOG.log(Level.FINE, "broadcaster failed", e);
            sinks.forEach(sink -> sink.connection().signal());
            return;
        }
        for (WakeUpSink sink : sinks) {
            sink.sendIfDropped(event);
        }
    }

    @Nullable
    Frame recent(long seq) {
        return tail.get(seq);
    }

    /**
     * The events after a position: read once for all devices that are behind at the same place.
     *
     * @throws SQLException if the log cannot be read now
     */
    List<Frame> read(long after) throws SQLException {
        reading.lock();
        try {
            Frame known = tail.get(after + 1);
            if (known != null) {
                return List.of(known);
            }
            var frames = new ArrayList<Frame>();
            for (Frame logged : log.after(userId, after, PAGE)) {
                Frame frame = tail.known(logged);
                tail.put(frame);
                latest.accumulateAndGet(frame.seq(), Math::max);
                frames.add(frame);
            }
            return frames;
        } finally {
            reading.unlock();
        }
    }

    LogReader.Bounds bounds() throws SQLException {
        return log.bounds(userId);
    }

    /** Takes back a position that somebody announced but the log does not have. */
    void retract(long announced, long actual) {
        latest.compareAndSet(announced, actual);
    }

    /** Lets go of the frames in memory once no device needs them any more. */
    void caughtUp() {
        for (WakeUpSink sink : sinks) {
            if (sink.connection().isBehind()) {
                return;
            }
        }
        tail.clear();
    }

    /** Lets go of the broadcaster. The connections are over by then. */
    void close() {
        try {
            broadcaster.close();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "broadcaster failed to close", e);
        }
    }
}
