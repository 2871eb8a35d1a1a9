package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Tracing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One device's stream: a cursor into its user's log. Anybody may {@link #signal()} it, which costs a counter; one
 * writer at a time then writes what the client is behind, for as long as the client takes it. Nothing queues here but
 * a few ephemeral hints: a slow client's cursor just falls behind.
 */
final class Connection {
    private static final Logger LOG = Logger.getLogger(Connection.class.getName());
    private static final int BATCH_BYTES = 16_384;
    private static final int HINTS = 16;

    /** Told once, when a connection is over. */
    interface Owner {
        void gone(Connection connection, CloseReason reason);

        default StreamMetrics metrics() {
            return StreamMetrics.UNREAD;
        }

        default Tracing tracing() {
            return Tracing.OFF;
        }
    }

    private record Farewell(CloseReason reason, Frame frame) {}

    private final UUID id = Ids.next();
    private final UUID sessionId;
    private final UserStream user;
    private final Owner owner;
    private final Executor writers;
    private final LongSupplier nanoTime;
    private final Instant openedAt;

    /** How many signals the running writer has not seen; 0 means that no writer runs. */
    private final AtomicInteger signals = new AtomicInteger();

    private final AtomicReference<@Nullable CloseReason> closed = new AtomicReference<>();
    private final Queue<Frame> hints = new ArrayBlockingQueue<>(HINTS);
    private volatile @Nullable Wire wire;
    private volatile @Nullable Farewell farewell;
    private volatile @Nullable Frame opening;
    private volatile boolean heartbeatDue;
    private volatile Instant expiresAt;
    private volatile long cursor;

    /** What the log had when this stream began: what it gets of that is replayed. */
    private volatile long replayedUntil;

    /** When the client stopped taking bytes, by {@code nanoTime}; 0 while it takes them. */
    private volatile long blockedSince;

    // Of the running writer alone; the signals counter hands them from one writer to the next.
    private final ArrayDeque<Frame> page = new ArrayDeque<>(0);
    private boolean unflushed;
    private long delivered;
    private long written;

    /** What {@code delivered} was when it was last written down; of the journal alone. */
    private long reported;

    private boolean saidFarewell;

    Connection(Caller caller, UserStream user, Owner owner, Executor writers, LongSupplier nanoTime, Instant openedAt) {
        this.sessionId = caller.sessionId();
        this.expiresAt = caller.expiresAt();
        this.user = user;
        this.owner = owner;
        this.writers = writers;
        this.nanoTime = nanoTime;
        this.openedAt = openedAt;
    }

    UUID id() {
        return id;
    }

    UUID sessionId() {
        return sessionId;
    }

    UserStream user() {
        return user;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** Position of the last event that was handed to the container. */
    long cursor() {
        return cursor;
    }

    /** Events of the log that were handed to the container; other threads may see a slightly older number. */
    long delivered() {
        return delivered;
    }

    /** Bytes that were handed to the container; other threads may see a slightly older number. */
    long written() {
        return written;
    }

    /** Whether it has delivered something since it was last asked. Asked by one thread at a time. */
    boolean takeProgress() {
        long now = delivered;
        boolean moved = now != reported;
        reported = now;
        return moved;
    }

    boolean isClosed() {
        return closed.get() != null;
    }

    boolean isBehind() {
        return wire != null && cursor < user.latest();
    }

    /** How many events of the log it has not been given yet. */
    long lag() {
        return wire == null ? 0 : Math.max(0, user.latest() - cursor);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** Moves the expiry, since the session has a newer token; never back. */
    void renewUntil(Instant instant) {
        if (instant.isAfter(expiresAt)) {
            expiresAt = instant;
        }
    }

    /** @param seq the end of the log as this stream begins */
    void replaysUntil(long seq) {
        replayedUntil = seq;
    }

    /** Begins to write: first the opening frame, then what the log has after {@code position}. */
    void start(Wire to, long position, Frame first) {
        cursor = position;
        opening = first;
        wire = to;
        if (isClosed()) {
            to.close();
        } else {
            signal();
        }
    }

    /** Says that there may be something to do. Never blocks and never throws. */
    void signal() {
        if (signals.getAndIncrement() == 0) {
            try {
                writers.execute(this::run);
            } catch (RejectedExecutionException e) {
                close(CloseReason.DRAINED);
            }
        }
    }

    /** Offers an ephemeral event; a client that is behind misses it. */
    void hint(Frame frame) {
        if (hints.offer(frame)) {
            signal();
        }
    }

    void heartbeat() {
        heartbeatDue = true;
        signal();
    }

    /** Ends the stream with a last event, as soon as the client can take it. The first farewell counts. */
    void endWith(CloseReason reason, Frame last) {
        if (farewell == null) {
            farewell = new Farewell(reason, last);
            signal();
        }
    }

    /** Whether the client has taken nothing for longer than the limit. */
    boolean isStalled(long limitNanos) {
        long since = blockedSince;
        return since != 0 && nanoTime.getAsLong() - since > limitNanos;
    }

    /** Ends the stream at once. Idempotent. */
    void close(CloseReason reason) {
        if (closed.compareAndSet(null, reason)) {
            try {
                Wire to = wire;
                if (to != null) {
                    to.close();
                }
            } finally {
                owner.gone(this, reason);
            }
        }
    }

    private void run() {
        int seen = signals.get();
        while (seen != 0) {
            try {
                pump();
            } catch (IOException e) {
                LOG.log(Level.FINE, "client gone", e);
                close(CloseReason.CLIENT_GONE);
            } catch (SQLException e) {
                // The cursor has not moved. The next reconciliation finds it behind and signals again.
                LOG.log(Level.WARNING, () -> "stream " + id + " cannot read the log: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(isClosed() ? Level.FINE : Level.WARNING, "stream " + id + " failed", e);
                close(CloseReason.FAILED);
            } catch (Error e) {
                close(CloseReason.FAILED); // or nobody would ever write to it again, nor cut it
                throw e;
            }
            seen = signals.addAndGet(-seen);
        }
    }

    private void pump() throws IOException, SQLException {
        Wire to = wire;
        while (to != null && !isClosed()) {
            if (!to.isReady()) {
                block();
                return;
            }
            blockedSince = 0;
            if (unflushed) {
                unflushed = false;
                to.flush();
            } else if (saidFarewell) {
                Farewell said = farewell;
                close(said == null ? CloseReason.FAILED : said.reason());
            } else {
                byte[] next = next();
                if (next.length == 0) {
                    user.caughtUp();
                    return;
                }
                unflushed = true;
                written += next.length;
                to.write(next);
            }
        }
        page.clear();
    }

    private void block() {
        page.clear(); // it can be read again; a client that may never take it shall not keep it in memory
        if (blockedSince == 0) {
            blockedSince = nanoTime.getAsLong() | 1; // never 0
            owner.metrics().blocked();
        }
    }

    private byte[] next() throws SQLException {
        Frame first = opening;
        if (first != null) {
            opening = null;
            return first.bytes();
        }
        Farewell last = farewell;
        if (last != null) {
            saidFarewell = true;
            return last.frame().bytes();
        }
        if (heartbeatDue) { // before the log, so that a client hears from us while the database is away
            heartbeatDue = false;
            return Frame.HEARTBEAT.bytes();
        }
        Frame logged = nextLogged();
        if (logged != null) {
            return batch(logged);
        }
        Frame hint = hints.poll();
        if (hint != null) {
            return hint.bytes();
        }
        return new byte[0];
    }

    /** The frame with as many of its successors as are at hand and fit into one write. */
    private byte[] batch(Frame first) throws SQLException {
        advance(first);
        Frame next = first.bytes().length < BATCH_BYTES ? atHand() : null;
        if (next == null) {
            return first.bytes();
        }
        var bytes = new ByteArrayOutputStream(BATCH_BYTES);
        bytes.writeBytes(first.bytes());
        while (next != null && bytes.size() + next.bytes().length <= BATCH_BYTES) {
            bytes.writeBytes(next.bytes());
            advance(next);
            next = atHand();
        }
        return bytes.toByteArray();
    }

    private void advance(Frame frame) {
        Frame read = page.peekFirst();
        if (read != null && read.seq() == frame.seq()) {
            page.removeFirst();
        }
        if (frame.seq() != 0) {
            cursor = frame.seq();
            delivered++;
            boolean replay = frame.seq() <= replayedUntil;
            owner.metrics().delivered(frame, replay, nanoTime);
            Frame.Trace trace = frame.trace();
            if (trace != null) {
                trace(frame, trace, replay);
            }
        }
    }

    private void trace(Frame frame, Frame.Trace trace, boolean replay) {
        long committed = frame.committedNanos();
        owner.tracing()
                .delivered(new Tracing.Delivery(
                        trace.event(),
                        trace.traceparent(),
                        user.userId(),
                        frame.seq(),
                        id,
                        replay,
                        lag(),
                        replay || committed == 0 ? 0 : nanoTime.getAsLong() - committed));
    }

    /** The frame after the cursor if it needs no query, or null. */
    private @Nullable Frame atHand() {
        Frame read = page.peekFirst();
        return read != null ? read : user.recent(cursor + 1);
    }

    private @Nullable Frame nextLogged() throws SQLException {
        long latest = user.latest();
        if (cursor >= latest) {
            return null;
        }
        Frame frame = atHand();
        if (frame != null) {
            return frame;
        }
        page.addAll(user.read(cursor));
        frame = page.peekFirst();
        if (frame == null) {
            user.retract(latest, cursor);
            return null;
        }
        if (frame.seq() != cursor + 1) {
            page.clear();
            LogReader.Bounds bounds = user.bounds();
            cursor = bounds.lastSeq();
            return StreamEvents.reset(StreamEvents.RESET_EXPIRED, bounds);
        }
        return frame;
    }
}
