package com.fleetman.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** The canary's own log: one for all nodes. */
@ApplicationScoped
@Transactional
class CanaryLog {
    /** Of V9__canary.sql. */
    static final UUID USER = UUID.fromString("00000000-0000-4000-8000-00000000ca9a");

    private final UserLog log;
    private final EntityManager entities;

    @Inject
    CanaryLog(UserLog log, EntityManager entities) {
        this.log = log;
        this.entities = entities;
    }

    /** Appends an event the way every feature does, and lets go of those that are older than the given time. */
    public void append(CanarySang event, Instant keepSince) {
        log.append(log.lock(USER), event);
        entities.createNativeQuery("""
                        delete from user_event where user_id = :user and seq <=
                            (select max(seq) from user_event where user_id = :user and created_at < :since)""")
                .setParameter("user", USER)
                .setParameter("since", Timestamp.from(keepSince))
                .executeUpdate();
    }
}
