package com.fleetman.fleet;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/**
 * Says when a machine is due for a maintenance: it collects the machine's hours, fires when they reach its interval, and
 * begins anew. Changes under the machine's lock.
 */
@Entity
@Table(name = "maintenance_alarm")
class MaintenanceAlarm {
    @Id
    private UUID id;

    @Column(name = "number", insertable = false, updatable = false)
    private long number;

    @Column(name = "machine_id")
    private UUID machineId;

    @Column(name = "title")
    private String title;

    @Column(name = "description")
    private @Nullable String description;

    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "related_parts")
    private String relatedParts;

    @Column(name = "interval_hours")
    private int intervalHours;

    @Column(name = "accumulated_hours")
    private BigDecimal accumulatedHours;

    @Column(name = "active")
    private boolean active;

    @Column(name = "times_triggered")
    private int timesTriggered;

    @Column(name = "last_triggered_at")
    private @Nullable Instant lastTriggeredAt;

    @Column(name = "pending")
    private int pending;

    @Column(name = "last_handled_at")
    private @Nullable Instant lastHandledAt;

    @Column(name = "counts_from")
    private LocalDate countsFrom;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected MaintenanceAlarm() {}

    /**
     * What people say of an alarm.
     *
     * @param description null for none
     * @param accumulatedHours as of now: what it has towards the interval
     */
    record Terms(
            String title,
            @Nullable String description,
            List<String> relatedParts,
            int intervalHours,
            BigDecimal accumulatedHours,
            boolean active) {
        Terms {
            relatedParts = List.copyOf(relatedParts);
        }
    }

    /** @param today the date where the machine stands: the first day that counts */
    MaintenanceAlarm(UUID machineId, Terms terms, LocalDate today, Instant now) {
        this.id = Ids.next();
        this.machineId = machineId;
        this.title = terms.title();
        this.description = terms.description();
        this.relatedParts = Json.write(terms.relatedParts());
        this.intervalHours = terms.intervalHours();
        this.accumulatedHours = terms.accumulatedHours();
        this.active = terms.active();
        this.countsFrom = today;
        this.createdAt = now;
        this.updatedAt = now;
    }

    Terms terms() {
        return new Terms(title, description, relatedParts(), intervalHours, Hours.plain(accumulatedHours), active);
    }

    /** Hours that are given anew, and those of an alarm that becomes active again, hold as of today. */
    void change(Terms terms, LocalDate today, Instant now) {
        if (terms.accumulatedHours().compareTo(accumulatedHours) != 0 || (terms.active() && !active)) {
            countsFrom = today;
        }
        title = terms.title();
        description = terms.description();
        relatedParts = Json.write(terms.relatedParts());
        intervalHours = terms.intervalHours();
        accumulatedHours = terms.accumulatedHours();
        active = terms.active();
        updatedAt = now;
    }

    /** Its maintenance was done: it begins anew, today. */
    void handle(LocalDate today, Instant at) {
        accumulatedHours = BigDecimal.ZERO;
        pending = 0;
        lastHandledAt = at;
        countsFrom = today;
        updatedAt = at;
    }

    Accumulation.Counter counter() {
        return new Accumulation.Counter(id, accumulatedHours, intervalHours, active, countsFrom);
    }

    void accumulate(BigDecimal hours) {
        accumulatedHours = hours;
    }

    void trigger(Instant now) {
        timesTriggered++;
        pending++;
        lastTriggeredAt = now;
    }

    UUID id() {
        return id;
    }

    long number() {
        return number;
    }

    UUID machineId() {
        return machineId;
    }

    String title() {
        return title;
    }

    @Nullable
    String description() {
        return description;
    }

    List<String> relatedParts() {
        return List.of(Json.read(relatedParts, String[].class));
    }

    int intervalHours() {
        return intervalHours;
    }

    BigDecimal accumulatedHours() {
        return accumulatedHours;
    }

    int timesTriggered() {
        return timesTriggered;
    }

    int pending() {
        return pending;
    }

    MaintenanceAlarmView view() {
        return new MaintenanceAlarmView(
                id,
                machineId,
                title,
                description,
                relatedParts(),
                intervalHours,
                Hours.plain(accumulatedHours),
                active,
                timesTriggered,
                lastTriggeredAt,
                pending,
                lastHandledAt,
                createdAt,
                updatedAt);
    }
}
