package com.fleetman.stream;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Reads a user's unread counts, hardly ever taking the inbox. */
@ApplicationScoped
@Transactional
public class UnreadCounts {
    private final EntityManager entities;
    private final Arrears arrears;

    @Inject
    UnreadCounts(EntityManager entities, Arrears arrears) {
        this.entities = entities;
        this.arrears = arrears;
    }

    /** @throws Problem 404 {@code user_not_found} */
    public Counts of(UUID userId) {
        arrears.settle(userId);
        return entities.createQuery("""
                        select new com.fleetman.stream.Counts(i.unreadNotifications, i.unreadMessages)
                        from Inbox i where i.userId = :user""", Counts.class)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("user_not_found", "there is no such user"));
    }
}
