package com.fleetman.stream;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What was told to everybody, and of which not everybody has a copy yet. The log asks for copies where they are needed,
 * and knows no more of them.
 */
public interface Announcements {
    /**
     * One event that has been appended to a user's log.
     *
     * @param name as in {@link UserEvent#eventName}
     * @param data the JSON as it is logged
     */
    record Copy(UUID userId, long seq, String name, String data) {}

    /** Makes the copies that a locked inbox lacks, in the caller's transaction. */
    void settle(Inbox inbox);

    /** The number of the newest announcement, 0 if there is none. From any thread, outside of a transaction. */
    long newest() throws SQLException;

    /**
     * Makes the copies that these users lack, all in one transaction, or none. From any thread, outside of a transaction.
     *
     * @return what was appended, in the order of each user's log; nothing for users who lacked nothing
     */
    List<Copy> settle(Collection<UUID> userIds) throws SQLException;
}
