package com.fleetman.fleet;

import com.fleetman.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds to the histories of machines, in the transaction that changes something of the machine, under its lock. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class History {
    private final EntityManager entities;
    private final Clock clock;

    @Inject
    History(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** @param actorId null if the system did it */
    MachineEvent add(Machine machine, MachineEventType type, @Nullable UUID actorId, Map<String, Object> metadata) {
        Instant now = clock.instant();
        return add(machine, type, actorId, metadata, now, now);
    }

    /** The same of something that happened before it is written down. */
    MachineEvent add(
            Machine machine,
            MachineEventType type,
            @Nullable UUID actorId,
            Map<String, Object> metadata,
            Instant occurredAt,
            Instant now) {
        var event = new MachineEvent(machine.id(), type, Json.write(metadata), actorId, occurredAt, now);
        entities.persist(event);
        return event;
    }
}
