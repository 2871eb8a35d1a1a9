package com.fleetman.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;

/**
 * The default event: a notification, as it is.
 *
 * @param count unread notifications with this one
 * @param counts all unread counts with this one
 */
record NotificationCreated(@JsonUnwrapped NotificationView notification, int count, Counts counts)
        implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return DEFAULT;
    }
}
