package com.fleetman.fleet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as it is sent.
 *
 * @param pending how often it has fired since somebody dealt with it
 * @param updatedAt when somebody last changed it or dealt with it
 */
record MaintenanceAlarmView(
        UUID id,
        UUID machineId,
        String title,
        @Nullable String description,
        List<String> relatedParts,
        int intervalHours,
        BigDecimal accumulatedHours,
        boolean active,
        int timesTriggered,
        @Nullable Instant lastTriggeredAt,
        int pending,
        @Nullable Instant lastHandledAt,
        Instant createdAt,
        Instant updatedAt) {}
