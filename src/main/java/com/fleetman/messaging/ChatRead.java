package com.fleetman.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * Event {@code chat-read}: a conversation was read up to a message; a receipt for the sender's devices, the new counts
 * for the reader's.
 *
 * @param readerId who has read; the user who gets the event, or {@code conversationWith}
 * @param unreadCount unread messages of this conversation for the user who gets the event
 */
record ChatRead(
        UUID conversationWith, UUID readerId, UUID upToMessageId, Instant readAt, int unreadCount, Counts counts)
        implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "chat-read";
    }
}
