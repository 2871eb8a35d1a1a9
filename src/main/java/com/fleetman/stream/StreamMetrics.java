package com.fleetman.stream;

import com.fleetman.platform.Histogram;
import com.fleetman.platform.Measured;
import com.fleetman.platform.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the streams of this node count, all together: an adder each, and nothing for each stream. */
@ApplicationScoped
class StreamMetrics implements Measured {
    /** For streams that count for nobody. */
    static final StreamMetrics UNREAD = new StreamMetrics();

    private final LongAdder appended = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final LongAdder blocked = new LongAdder();
    private final LongAdder reconciled = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder caughtUp = new LongAdder();
    private final Histogram catchUps = new Histogram();
    private final Histogram commitToWrite = new Histogram();
    private final Histogram lateness = new Histogram();

    StreamMetrics() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
        refused.put("too_many_streams", new LongAdder());
        refused.put("shutting_down", new LongAdder());
    }

    /** An event was committed by this node. */
    void appended() {
        appended.increment();
    }

    /**
     * An event of the log was handed to the container.
     *
     * @param replay whether it is older than the stream
     */
    void delivered(Frame frame, boolean replay, LongSupplier nanoTime) {
        delivered.increment();
        if (replay) {
            replayed.increment();
        } else if (frame.committedNanos() != 0) {
            commitToWrite.record(nanoTime.getAsLong() - frame.committedNanos());
        }
    }

    void opened() {
        opened.increment();
    }

    void closed(CloseReason reason) {
        LongAdder count = closed.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** @param code of the problem that the client was answered */
    void refused(String code) {
        refused.computeIfAbsent(code, key -> new LongAdder()).increment();
    }

    /** A client stopped taking bytes. */
    void blocked() {
        blocked.increment();
    }

    /** A user's devices had missed a wake-up. */
    void reconciled() {
        reconciled.increment();
    }

    /** The log was asked for events, perhaps of several users at once. */
    void queried() {
        queries.increment();
    }

    /** A user's devices got events from the log, after that long. */
    void caughtUp(int events, long nanos) {
        caughtUp.add(events);
        catchUps.record(nanos);
    }

    /** The heartbeat's wheel turned later than it should. */
    void late(long nanos) {
        lateness.record(nanos);
    }

    long deliveredCount() {
        return delivered.sum();
    }

    long replayedCount() {
        return replayed.sum();
    }

    long measuredCount() {
        return commitToWrite.count();
    }

    /** How long events took from the commit to the stream: {@link Histogram#counts}. */
    long[] deliveryTimes() {
        return commitToWrite.counts();
    }

    @Override
    public void measure(Meters meters) {
        meters.counter("events_appended", "Events that this node appended to users' logs and committed.", appended);
        meters.counter("events_delivered", "Events of the log that were handed to the server for a stream.", delivered);
        meters.counter("events_replayed", "Those of the delivered events that are older than their stream.", replayed);
        meters.histogram(
                "commit_to_write_seconds",
                "From the commit on this node until an event is written to a stream of this node, if not replayed.",
                commitToWrite);
        meters.counter("streams_opened", "Streams that were opened.", opened);
        closed.forEach((reason, count) -> meters.counter(
                "streams_closed",
                "Streams that ended; those of slow clients that were cut have the reason stalled.",
                count,
                "reason",
                reason.name().toLowerCase(Locale.ROOT)));
        refused.forEach((code, count) -> meters.counter(
                "streams_refused", "Streams that were not opened, since the node takes no more.", count, "code", code));
        meters.counter("streams_blocked", "How often a client stopped taking what is written to it.", blocked);
        meters.counter(
                "users_reconciled", "Users whose devices were behind the log without having been told.", reconciled);
        meters.counter("catch_up_queries", "Queries for events of the log, each for one or more users.", queries);
        meters.counter("catch_up_events", "Events that were read from the log.", caughtUp);
        meters.histogram("catch_up_seconds", "How long a user's devices waited for events of the log.", catchUps);
        meters.histogram("heartbeat_jitter_seconds", "By how much a step of the heartbeats comes late.", lateness);
    }
}
