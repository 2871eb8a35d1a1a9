package com.fleetman.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.stream.UserEvent;
import java.util.List;

/**
 * Event {@code mutes}: the user has muted a type of notification on some device, or no longer does.
 *
 * @param mutes all that are muted now, by their type
 */
record MutesChanged(List<Mute> mutes) implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "mutes";
    }
}
