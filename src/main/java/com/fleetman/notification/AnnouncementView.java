package com.fleetman.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.identity.UserType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An announcement as administrators see it.
 *
 * @param audience null for everybody
 */
public record AnnouncementView(
        UUID id,
        @Nullable UserType audience,
        String type,
        String title,
        String message,
        JsonNode metadata,
        @Nullable String actionUrl,
        Priority priority,
        String source,
        Instant createdAt) {}
