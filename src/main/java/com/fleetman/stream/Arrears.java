package com.fleetman.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Announcements of which users have no copy yet. Whoever shows a user's notifications or counts settles them first. */
@ApplicationScoped
@Transactional
public class Arrears {
    private final EntityManager entities;
    private final UserLog log;
    private final Event<Signal.Announced> announced;

    @Inject
    Arrears(EntityManager entities, UserLog log, Event<Signal.Announced> announced) {
        this.entities = entities;
        this.log = log;
        this.announced = announced;
    }

    /** Makes the copies that a user lacks. Takes the inbox only if there are any; a user that does not exist has none. */
    public void settle(UUID userId) {
        boolean behind = !entities.createQuery(
                        "select i.userId from Inbox i where i.userId = :user and i.announced < i.newestAnnouncement",
                        UUID.class)
                .setParameter("user", userId)
                .getResultList()
                .isEmpty();
        if (behind) {
            log.lock(userId);
        }
    }

    /** Has every node tell its connected users, after the commit. */
    public void announced() {
        announced.fire(new Signal.Announced());
    }
}
