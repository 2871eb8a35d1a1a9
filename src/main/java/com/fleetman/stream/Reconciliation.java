package com.fleetman.stream;

import com.fleetman.identity.SessionDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Compares what the open streams believe with what the database says: positions with the log, sessions with their
 * rows. A lost wake-up, a broken bus or a missed end of a session so costs seconds and nothing else.
 */
@ApplicationScoped
public class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class.getName());
    private static final int BATCH = 1_000;

    private final StreamHub hub;
    private final LogReader log;
    private final Announcements announcements;
    private final Function<Collection<UUID>, Map<UUID, Instant>> liveSessions;
    private final Clock clock;
    private final Lock announcing = new ReentrantLock();

    /** The newest announcement when everybody who was connected had been told the last time. */
    private long announced;

    @Inject
    Reconciliation(StreamHub hub, LogReader log, Announcements announcements, SessionDirectory sessions, Clock clock) {
        this(hub, log, announcements, sessions::live, clock);
    }

    Reconciliation(
            StreamHub hub,
            LogReader log,
            Announcements announcements,
            Function<Collection<UUID>, Map<UUID, Instant>> liveSessions,
            Clock clock) {
        this.hub = hub;
        this.log = log;
        this.announcements = announcements;
        this.liveSessions = liveSessions;
        this.clock = clock;
    }

    /** One full comparison. Never throws for a database that is away: the next one will see. */
    void run() {
        try {
            comparePositions();
            sessions(hub.connections());
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> "reconciliation put off: " + e);
        }
    }

    /** Compares positions only, as soon as wake-ups may have been lost. Never throws for a database that is away. */
    void positions() {
        try {
            comparePositions();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> "comparison with the log put off: " + e);
        }
    }

    /**
     * Gives every connected user a copy of what was announced since the last time; who connects now gets it by that. Never
     * throws for a database that is away: the next time will see.
     */
    void announce() {
        announcing.lock();
        try {
            long newest = announcements.newest();
            if (newest > announced) {
                List<UUID> users = hub.users().stream().map(UserStream::userId).toList();
                for (List<UUID> batch : batches(users)) {
                    announce(batch);
                }
                announced = newest;
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> "announcements put off: " + e);
        } finally {
            announcing.unlock();
        }
    }

    /** Those who have their copies already may have them from another node. */
    private void announce(List<UUID> users) throws SQLException {
        var others = new HashSet<>(users);
        for (Announcements.Copy copy : announcements.settle(users)) {
            Frame frame = Frame.logged(copy.seq(), copy.name(), copy.data());
            hub.accept(new Signal.WakeUp(copy.userId(), copy.seq(), frame));
            others.remove(copy.userId());
        }
        if (!others.isEmpty()) {
            log.lastSeqs(others).forEach(hub::reconcile);
        }
    }

    /** Ends the streams whose token has run out, unless their session was refreshed meanwhile. */
    void expireDue() {
        Instant now = clock.instant();
        List<Connection> due = hub.connections().stream()
                .filter(connection -> !now.isBefore(connection.expiresAt()))
                .toList();
        if (!due.isEmpty()) {
            try {
                sessions(due);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, () -> "expiry put off: " + e);
            }
        }
    }

    private void comparePositions() throws SQLException {
        List<UUID> users = hub.users().stream().map(UserStream::userId).toList();
        for (List<UUID> batch : batches(users)) {
            log.lastSeqs(batch).forEach((userId, lastSeq) -> hub.reconcile(userId, lastSeq));
        }
    }

    private void sessions(Collection<Connection> connections) {
        Map<UUID, List<Connection>> bySession =
                connections.stream().collect(Collectors.groupingBy(Connection::sessionId));
        for (List<UUID> batch : batches(List.copyOf(bySession.keySet()))) {
            Map<UUID, Instant> live = liveSessions.apply(batch);
            for (UUID sessionId : batch) {
                bySession.getOrDefault(sessionId, List.of()).forEach(connection -> judge(connection, live));
            }
        }
    }

    private void judge(Connection connection, Map<UUID, Instant> live) {
        Instant renewedUntil = live.get(connection.sessionId());
        if (renewedUntil == null) {
            connection.endWith(CloseReason.EXPIRED, StreamEvents.expired("session_ended"));
            return;
        }
        connection.renewUntil(renewedUntil);
        if (!clock.instant().isBefore(connection.expiresAt())) {
            connection.endWith(CloseReason.EXPIRED, StreamEvents.expired("token_expired"));
        }
    }

    private static <T> List<List<T>> batches(List<T> all) {
        var batches = new ArrayList<List<T>>();
        for (int i = 0; i < all.size(); i += BATCH) {
            batches.add(all.subList(i, Math.min(i + BATCH, all.size())));
        }
        return batches;
    }
}
