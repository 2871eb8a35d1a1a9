package com.fleetman.fleet;

import com.fleetman.platform.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One daily run: for a time of the schedule, or for a day that an administrator asked for. */
@Entity
@Table(name = "maintenance_run")
class MaintenanceRun {
    @Id
    private UUID id;

    @Column(name = "scheduled_for")
    private @Nullable Instant scheduledFor;

    @Column(name = "day")
    private @Nullable LocalDate day;

    @Column(name = "node")
    private String node;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "machines")
    private int machines;

    @Column(name = "days")
    private int days;

    @Column(name = "alarms_fired")
    private int alarmsFired;

    @SuppressWarnings("NullAway.Init")
    protected MaintenanceRun() {}

    /** Exactly one of the time of the schedule and the day is not null. */
    MaintenanceRun(@Nullable Instant scheduledFor, @Nullable LocalDate day, String node, Instant now) {
        this.id = Ids.next();
        this.scheduledFor = scheduledFor;
        this.day = day;
        this.node = node;
        this.startedAt = now;
    }

    UUID id() {
        return id;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Another node goes on where the one before it ended. */
    void takeUp(String byNode) {
        node = byNode;
    }

    void finish(Instant now) {
        finishedAt = now;
    }

    MaintenanceRunView view() {
        return new MaintenanceRunView(
                id,
                scheduledFor,
                day == null ? null : day.toString(),
                node,
                machines,
                days,
                alarmsFired,
                startedAt,
                finishedAt);
    }
}
