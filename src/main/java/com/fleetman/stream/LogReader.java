package com.fleetman.stream;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads users' logs for the streams: outside any transaction of a feature, callable from any thread. */
interface LogReader {
    /**
     * The state of one user's log at one moment.
     *
     * @param lastSeq position of the newest event, 0 if there never was one
     * @param firstKept position of the oldest event that is still kept; {@code lastSeq + 1} if none is
     * @param lacksAnnouncements whether there are announcements of which the user has no copy yet
     */
    record Bounds(long lastSeq, long firstKept, Counts counts, boolean lacksAnnouncements) {
        Bounds(long lastSeq, long firstKept, Counts counts) {
            this(lastSeq, firstKept, counts, false);
        }
    }

    Bounds bounds(UUID userId) throws SQLException;

    /**
     * The events after a position, in order and without a gap, at most {@code limit}; none only at the end of the log.
     * The first one is not {@code after + 1} if the retention has dropped what was asked for.
     */
    List<Frame> after(UUID userId, long after, int limit) throws SQLException;

    /** The positions of the newest events of many users; a user that does not exist is left out. */
    Map<UUID, Long> lastSeqs(Collection<UUID> userIds) throws SQLException;
}
