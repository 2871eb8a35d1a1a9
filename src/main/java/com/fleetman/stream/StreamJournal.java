package com.fleetman.stream;

import com.fleetman.platform.Stopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what administrators see of this node's streams: what has opened, closed and moved is gathered here and written
 * down some seconds later, all of it together. Nothing of it is kept per stream in memory once it is written, and no
 * stream waits for it; what cannot be written is made up for by writing all of it anew.
 */
@ApplicationScoped
public class StreamJournal {
    private static final int WAITING_MOST = 50_000;
    private static final int LONGEST_AGENT = 200;
    private static final int FLUSHES_PER_REPORT = 5;
    private static final int FLUSHES_PER_RESTORE = 100;

    private final StreamHub hub;
    private final StreamTables tables;
    private final Clock clock;
    private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
    private final Queue<Closed> closed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock flushing = new ReentrantLock();
    private final LongAdder openedCount = new LongAdder();
    private final LongAdder closedCount = new LongAdder();
    private final LongAdder failedCount = new LongAdder();
    private final LongAdder deliveredByClosed = new LongAdder();
    private volatile boolean incomplete;
    private int flushes;

    @Inject
    StreamJournal(StreamHub hub, StreamTables tables, Clock clock) {
        this.hub = hub;
        this.tables = tables;
        this.clock = clock;
        hub.watch(this::closed);
    }

    /** A stream that has begun: at which position, and what the client calls itself. */
    record Opened(
            Connection connection, long first, @Nullable String agent) {}

    record Closed(Connection connection, CloseReason reason, Instant at) {}

    /** Since the start of this node. */
    record Totals(long opened, long closed, long failed, long delivered) {}

    void opened(Connection connection, long first, @Nullable String agent) {
        openedCount.increment();
        if (hasRoom()) {
            String name = agent == null ? null : agent.substring(0, Math.min(agent.length(), LONGEST_AGENT));
            opened.add(new Opened(connection, first, name == null ? null : name.replace("\0", "")));
        }
        if (connection.isClosed() && hasRoom()) { // it may have been told before it was known
            closed.add(new Closed(connection, CloseReason.CLIENT_GONE, clock.instant()));
        }
    }

    private void closed(Connection connection, CloseReason reason) {
        closedCount.increment();
        deliveredByClosed.add(connection.delivered());
        if (reason == CloseReason.FAILED) {
            failedCount.increment();
        }
        if (hasRoom()) {
            closed.add(new Closed(connection, reason, clock.instant()));
        }
    }

    private boolean hasRoom() {
        if (waiting.incrementAndGet() <= WAITING_MOST) {
            return true;
        }
        waiting.decrementAndGet();
        incomplete = true;
        return false;
    }

    Totals totals() {
        long delivered = deliveredByClosed.sum()
                + hub.connections().stream().mapToLong(Connection::delivered).sum();
        return new Totals(openedCount.sum(), closedCount.sum(), failedCount.sum(), delivered);
    }

    /**
     * Writes down what has happened, and closes what an administrator wants closed.
     *
     * @param cursors whether to note in any case how far the streams have come
     * @throws PersistenceException if the database does not take it; nothing is lost then but, of very many, some of the
     *     history
     */
    void flush(boolean cursors) {
        flushing.lock();
        try {
            flushes++;
            boolean whole = incomplete || flushes % FLUSHES_PER_RESTORE == 0;
            incomplete = false;
            List<Closed> ended = drain(closed); // first, so that what has begun before it has ended is among the others
            List<Opened> begun = drain(opened);
            try {
                List<UUID> unwanted = tables.write(
                        begun,
                        ended,
                        cursors || flushes % FLUSHES_PER_REPORT == 0 ? moved() : List.of(),
                        whole ? List.copyOf(hub.connections()) : null);
                unwanted.forEach(stream -> hub.accept(new Signal.Close(null, stream)));
            } catch (SQLException | RuntimeException e) {
                opened.addAll(begun);
                closed.addAll(ended);
                waiting.addAndGet(begun.size() + ended.size());
                incomplete = true;
                throw new PersistenceException("the streams could not be written down", e);
            }
        } finally {
            flushing.unlock();
        }
    }

    private <T> List<T> drain(Queue<T> queue) {
        var all = new ArrayList<T>();
        for (T next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        waiting.addAndGet(-all.size());
        return all;
    }

    private List<Connection> moved() {
        return hub.connections().stream().filter(Connection::takeProgress).toList();
    }

    /** After the streams were closed, before the pool is. */
    void stop(@Observes @Priority(5_000) Stopping event) {
        try {
            flush(false);
            tables.leave();
        } catch (SQLException | RuntimeException e) {
            // the other nodes will see that this one is gone
            incomplete = true;
        }
    }
}
