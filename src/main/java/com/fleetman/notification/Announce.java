package com.fleetman.notification;

import com.fleetman.identity.UserType;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Arrears;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Tells all users something, by one row, however many they are. Who is connected gets a copy at once, everybody else when
 * next there. Accounts that are made later get none; one that is deactivated does when it is used again.
 */
@ApplicationScoped
@Transactional
public class Announce {
    private final EntityManager entities;
    private final Arrears arrears;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    Announce(EntityManager entities, Arrears arrears, Settings settings, Clock clock) {
        this.entities = entities;
        this.arrears = arrears;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /**
     * Announces in the caller's transaction, or in one of its own. Announcements go one after the other: a transaction
     * that has made one keeps others waiting until its end.
     *
     * @param told without a dedup key and a subject, which belong to notifications of one user
     * @param audience the accounts that it is for; null for all
     * @throws Problem 400 {@code metadata_too_large}
     */
    public AnnouncementView announce(NewNotification told, @Nullable UserType audience) {
        if (told.dedupKey() != null || told.subject() != null) {
            throw new IllegalArgumentException("an announcement has no dedup key and no subject");
        }
        String metadata = told.metadataJson(limits);
        // Numbers in the order of commits: nobody who has seen number 8 may still have to meet number 7.
        entities.createNativeQuery("lock table announcement in share row exclusive mode")
                .executeUpdate();
        long last = entities.createQuery("select coalesce(max(a.number), 0) from Announcement a", Long.class)
                .getSingleResult();
        var announcement = new Announcement(last + 1, audience, told, metadata, clock.instant());
        entities.persist(announcement);
        entities.flush(); // for what the caller may write about it
        arrears.announced();
        return announcement.view();
    }
}
