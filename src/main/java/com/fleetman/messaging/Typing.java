package com.fleetman.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.stream.UserEvent;
import java.util.UUID;

/** Ephemeral event {@code typing}: somebody is writing to the user right now. */
record Typing(UUID conversationWith) implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "typing";
    }
}
