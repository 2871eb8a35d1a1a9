package com.fleetman.stream;

import com.fleetman.identity.SessionDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private final Function<Collection<UUID>, Map<UUID, Instant>> liveSessions;
    private final Clock clock;

    @Inject
    Reconciliation(StreamHub hub, LogReader log, SessionDirectory sessions, Clock clock) {
        this(hub, log, sessions::live, clock);
    }

    Reconciliation(
            StreamHub hub, LogReader log, Function<Collection<UUID>, Map<UUID, Instant>> liveSessions, Clock clock) {
        this.hub = hub;
        this.log = log;
        this.liveSessions = liveSessions;
        this.clock = clock;
    }

    /** One full comparison. Never throws for a database that is away: the next one will see. */
    void run() {
        try {
            positions();
            sessions(hub.connections());
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> "reconciliation put off: " + e);
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

    private void positions() throws SQLException {
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
