package com.fleetman.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a machine's history.
 *
 * @param title i18n key, to be translated with the metadata
 * @param actorId who did it; null, as the name, for the system
 */
record MachineEventView(
        UUID id,
        UUID machineId,
        MachineEventType type,
        String title,
        JsonNode metadata,
        @Nullable UUID actorId,
        @Nullable String actorName,
        boolean systemGenerated,
        Instant occurredAt,
        Instant createdAt) {
    static MachineEventView of(MachineEvent event, @Nullable String actorName) {
        return new MachineEventView(
                event.id(),
                event.machineId(),
                event.type(),
                event.title(),
                Json.tree(event.metadata()),
                event.actorId(),
                actorName,
                event.isSystemGenerated(),
                event.occurredAt(),
                event.createdAt());
    }
}
