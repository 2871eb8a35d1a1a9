package com.fleetman.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notification as its user sees it over REST. */
public record NotificationView(
        UUID id,
        UUID userId,
        String type,
        String title,
        String message,
        JsonNode metadata,
        @Nullable String actionUrl,
        Priority priority,
        String source,
        Instant createdAt,
        @Nullable Instant seenAt,
        @Nullable Instant readAt,
        @Nullable Instant archivedAt) {}
