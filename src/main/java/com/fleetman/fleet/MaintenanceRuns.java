package com.fleetman.fleet;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the book of the daily runs, each entry in a short transaction. */
@ApplicationScoped
@Transactional
public class MaintenanceRuns {
    private static final String KIND = "maintenance-runs";

    private final EntityManager entities;
    private final Settings settings;
    private final Clock clock;

    @Inject
    MaintenanceRuns(EntityManager entities, Settings settings, Clock clock) {
        this.entities = entities;
        this.settings = settings;
        this.clock = clock;
    }

    /** The runs, newest first. */
    public Page<MaintenanceRunView> list(@Nullable String cursorText, @Nullable String limitText) {
        int limit = Page.limit(limitText, settings.limits());
        Optional<Cursor> cursor = Cursor.parse(KIND, 2, cursorText);
        var query = entities.createQuery(
                        "select r from MaintenanceRun r"
                                + (cursor.isPresent()
                                        ? " where r.startedAt < :at or r.startedAt = :at and r.id < :id"
                                        : "")
                                + " order by r.startedAt desc, r.id desc",
                        MaintenanceRun.class)
                .setMaxResults(limit + 1);
        cursor.ifPresent(after -> query.setParameter("at", Instant.EPOCH.plus(after.number(0), ChronoUnit.MICROS))
                .setParameter("id", after.id(1)));
        List<MaintenanceRun> rows = query.getResultList();
        return Page.of(
                rows,
                limit,
                last -> Cursor.of(KIND, ChronoUnit.MICROS.between(Instant.EPOCH, last.startedAt()), last.id()),
                MaintenanceRun::view);
    }

    boolean isFinished(Instant scheduledFor) {
        return find(scheduledFor).map(run -> run.view().finishedAt() != null).orElse(false);
    }

    private Optional<MaintenanceRun> find(Instant scheduledFor) {
        return entities.createQuery("select r from MaintenanceRun r where r.scheduledFor = :time", MaintenanceRun.class)
                .setParameter("time", scheduledFor)
                .getResultStream()
                .findFirst();
    }

    /** Begins the run of a time of the schedule, or takes up the one that was begun and not finished. */
    UUID begin(Instant scheduledFor) {
        Optional<MaintenanceRun> begun = find(scheduledFor);
        if (begun.isPresent()) {
            begun.get().takeUp(settings.node());
            return begun.get().id();
        }
        return add(new MaintenanceRun(scheduledFor, null, settings.node(), clock.instant()));
    }

    UUID begin(LocalDate day) {
        return add(new MaintenanceRun(null, day, settings.node(), clock.instant()));
    }

    private UUID add(MaintenanceRun run) {
        entities.persist(run);
        return run.id();
    }

    MaintenanceRunView finish(UUID id) {
        MaintenanceRun run = entities.getReference(MaintenanceRun.class, id);
        run.finish(clock.instant());
        return run.view();
    }
}
