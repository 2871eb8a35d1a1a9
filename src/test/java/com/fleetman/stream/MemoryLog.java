package com.fleetman.stream;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users' logs in memory, with a database that can go away and a retention. */
final class MemoryLog implements LogReader {
    private final Map<UUID, List<Frame>> events = new ConcurrentHashMap<>();
    private final Map<UUID, Long> dropped = new ConcurrentHashMap<>();
    private volatile Runnable meanwhile = () -> {};
    private volatile boolean away;
    private int pages;

    /** Commits an event. */
    Frame append(UUID userId, String data) {
        return append(userId, data, null);
    }

    /** Commits an event that is traced, if it has a {@code traceparent}. */
    synchronized Frame append(UUID userId, String data, @Nullable String traceparent) {
        List<Frame> log = events.computeIfAbsent(userId, id -> new ArrayList<>());
        Frame frame = Frame.logged(log.size() + 1L, "test", data, traceparent);
        log.add(frame);
        return frame;
    }

    void append(UUID userId, int events) {
        for (int i = 0; i < events; i++) {
            append(userId, "{}");
        }
    }

    /** Drops everything up to a position, as the retention does. */
    synchronized void drop(UUID userId, long upTo) {
        dropped.put(userId, upTo);
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** How often a page was read. */
    synchronized int pages() {
        return pages;
    }

    synchronized long lastSeq(UUID userId) {
        return events.getOrDefault(userId, List.of()).size();
    }

    @Override
    public Bounds bounds(UUID userId) throws SQLException {
        happen();
        synchronized (this) {
            return new Bounds(lastSeq(userId), dropped.getOrDefault(userId, 0L) + 1, new Counts(3, 4));
        }
    }

    @Override
    public List<Frame> after(UUID userId, long after, int limit) throws SQLException {
        happen();
        synchronized (this) {
            pages++;
            long from = Math.max(after, dropped.getOrDefault(userId, 0L));
            return events.getOrDefault(userId, List.of()).stream()
                    .filter(frame -> frame.seq() > from)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Map<UUID, Long> lastSeqs(Collection<UUID> userIds) throws SQLException {
        happen();
        var positions = new HashMap<UUID, Long>();
        userIds.forEach(userId -> positions.put(userId, lastSeq(userId)));
        return positions;
    }

    private void happen() throws SQLException {
        meanwhile.run();
        if (away) {
            throw new SQLException("the database is away");
        }
    }
}
