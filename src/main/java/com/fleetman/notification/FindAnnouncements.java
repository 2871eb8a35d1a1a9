package com.fleetman.notification;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what was announced. */
@ApplicationScoped
@Transactional
public class FindAnnouncements {
    private static final String KIND = "announcements";

    private final EntityManager entities;
    private final Settings.Limits limits;

    @Inject
    FindAnnouncements(EntityManager entities, Settings settings) {
        this.entities = entities;
        this.limits = settings.limits();
    }

    /** @throws Problem 404 {@code announcement_not_found} */
    public AnnouncementView require(UUID id) {
        return entities.createQuery("select a from Announcement a where a.id = :id", Announcement.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .map(Announcement::view)
                .orElseThrow(() -> Problem.notFound("announcement_not_found", "there is no such announcement"));
    }

    /** All of them, the newest first. */
    public Page<AnnouncementView> list(@Nullable String cursor, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        long before = Cursor.parse(KIND, 1, cursor).map(last -> last.number(0)).orElse(Long.MAX_VALUE);
        List<Announcement> rows = entities.createQuery(
                        "select a from Announcement a where a.number < :before order by a.number desc",
                        Announcement.class)
                .setParameter("before", before)
                .setMaxResults(limit + 1)
                .getResultList();
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), Announcement::view);
    }
}
