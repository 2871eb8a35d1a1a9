package com.fleetman.stream;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Reads the logs of many users that are behind in rounds: who comes while others are reading waits, and one of those
 * who wait then reads for all of them, in one query. So there are never more queries at once than were allowed, however
 * slow the database is and however many streams come back at the same time.
 */
final class LogRounds {
    /** Users in one query. */
    static final int USERS = 128;

    private static final int EVENTS = 1_024;
    private static final int FEWEST = 8;

    /** One user's log after a position. */
    record Place(UUID userId, long after) {}

    /** One query: at most {@code limit} events for each place, in order. A place that has none may be left out. */
    interface Query {
        Map<Place, List<Frame>> read(List<Place> places, int limit) throws SQLException;
    }

    private record Asked(Place place, int limit, CompletableFuture<List<Frame>> answer) {}

    private final Query query;
    private final Semaphore rounds;
    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();

    /** @param atOnce rounds that may be read at the same time */
    LogRounds(Query query, int atOnce) {
        this.query = query;
        this.rounds = new Semaphore(atOnce);
    }

    /**
     * The events after a position, in order; fewer than the limit if many are asked for at once.
     *
     * @throws SQLException if the log cannot be read now
     */
    List<Frame> after(UUID userId, long after, int limit) throws SQLException {
        var asked = new Asked(new Place(userId, after), limit, new CompletableFuture<>());
        waiting.add(asked);
        rounds.acquireUninterruptibly();
        try {
            // What is not waiting any more is in somebody's round, and will be answered without us.
            while (!asked.answer().isDone() && waiting.contains(asked)) {
                round();
            }
        } finally {
            rounds.release();
        }
        try {
            return asked.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException away) {
                throw new SQLException(away.getMessage(), away.getSQLState(), away);
            }
            throw e;
        }
    }

    /** How many are not in a round yet. */
    int waiting() {
        return waiting.size();
    }

    private void round() {
        var taken = new ArrayList<Asked>();
        for (Asked next = waiting.poll(); next != null; next = taken.size() < USERS ? waiting.poll() : null) {
            taken.add(next);
        }
        if (taken.isEmpty()) {
            return;
        }
        int most = taken.stream().mapToInt(Asked::limit).max().orElse(FEWEST);
        int limit = Math.min(most, Math.max(FEWEST, EVENTS / taken.size()));
        try {
            Map<Place, List<Frame>> read =
                    query.read(taken.stream().map(Asked::place).distinct().toList(), limit);
            taken.forEach(asked -> asked.answer().complete(read.getOrDefault(asked.place(), List.of())));
        } catch (SQLException | RuntimeException | Error e) {
            taken.forEach(asked -> asked.answer().completeExceptionally(e));
            if (e instanceof Error error) {
                throw error;
            }
        }
    }
}
