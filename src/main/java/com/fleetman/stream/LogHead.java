package com.fleetman.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.UUID;

/** Where a user's log stands when a stream is opened: with a copy of everything that was announced. */
@ApplicationScoped
class LogHead {
    private final LogReader log;
    private final Arrears arrears;

    @Inject
    LogHead(LogReader log, Arrears arrears) {
        this.log = log;
        this.arrears = arrears;
    }

    /** Called by the thread of a request. */
    LogReader.Bounds of(UUID userId) throws SQLException {
        LogReader.Bounds bounds = log.bounds(userId);
        if (!bounds.lacksAnnouncements()) {
            return bounds;
        }
        try {
            arrears.settle(userId);
        } catch (PersistenceException e) {
            throw new SQLException("announcements cannot be copied now", e);
        }
        return log.bounds(userId);
    }
}
