package com.fleetman.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as one of the two users sees it.
 *
 * @param readAt when the recipient read it, or null
 * @param conversationWith the other one of the two
 */
public record MessageView(
        UUID id,
        UUID senderId,
        UUID recipientId,
        String content,
        Instant sentAt,
        @Nullable Instant readAt,
        UUID conversationWith) {}
