package com.fleetman.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;
import java.util.UUID;

/**
 * Event {@code chat-message}: a message was sent, told to all devices of both users.
 *
 * @param unreadCount unread messages of this conversation for the user who gets the event
 */
record ChatMessage(MessageView message, UUID conversationWith, int unreadCount, Counts counts) implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "chat-message";
    }
}
