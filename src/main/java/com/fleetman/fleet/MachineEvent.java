package com.fleetman.fleet;

import com.fleetman.platform.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One line of a machine's history; it never changes. */
@Entity
@Immutable
@Table(name = "machine_event")
class MachineEvent {
    @Id
    private UUID id;

    @Column(name = "number", insertable = false, updatable = false)
    private long number;

    @Column(name = "machine_id")
    private UUID machineId;

    @Enumerated(EnumType.STRING)
    @Column(name = "type")
    private MachineEventType type;

    @Column(name = "title")
    private String title;

    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "metadata")
    private String metadata;

    @Column(name = "actor_id")
    private @Nullable UUID actorId;

    @Column(name = "system_generated")
    private boolean systemGenerated;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected MachineEvent() {}

    /**
     * @param actorId who did it, null for the system
     * @param metadata a JSON object
     */
    MachineEvent(
            UUID machineId,
            MachineEventType type,
            String metadata,
            @Nullable UUID actorId,
            Instant occurredAt,
            Instant now) {
        this.id = Ids.next();
        this.machineId = machineId;
        this.type = type;
        this.title = type.title();
        this.metadata = metadata;
        this.actorId = actorId;
        this.systemGenerated = !type.isManual();
        this.occurredAt = occurredAt;
        this.createdAt = now;
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

    MachineEventType type() {
        return type;
    }

    String title() {
        return title;
    }

    String metadata() {
        return metadata;
    }

    @Nullable
    UUID actorId() {
        return actorId;
    }

    boolean isSystemGenerated() {
        return systemGenerated;
    }

    Instant occurredAt() {
        return occurredAt;
    }

    Instant createdAt() {
        return createdAt;
    }
}
