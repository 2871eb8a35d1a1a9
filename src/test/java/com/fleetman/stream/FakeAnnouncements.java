package com.fleetman.stream;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Announcements whose copies are events of a log in memory. */
final class FakeAnnouncements implements Announcements {
    private final MemoryLog log;
    private final Map<UUID, Long> settled = new HashMap<>();
    private long newest;

    FakeAnnouncements(MemoryLog log) {
        this.log = log;
    }

    void announce() {
        newest++;
    }

    @Override
    public void settle(Inbox inbox) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long newest() throws SQLException {
        log.lastSeqs(List.of()); // which fails while the database is away
        return newest;
    }

    @Override
    public List<Copy> settle(Collection<UUID> userIds) {
        var copies = new ArrayList<Copy>();
        for (UUID userId : userIds) {
            for (long number = settled.getOrDefault(userId, 0L); number < newest; number++) {
                Frame frame = log.append(userId, "{}");
                copies.add(new Copy(userId, frame.seq(), "test", "{}"));
            }
            settled.put(userId, newest);
        }
        return copies;
    }
}
