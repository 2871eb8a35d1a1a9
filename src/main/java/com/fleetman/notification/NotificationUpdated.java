package com.fleetman.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;

/**
 * Event {@code notification-updated}: a notification that is still unread was told anew, with other metadata. It is
 * unseen again and stands first in the list.
 *
 * @param count unread notifications with this one
 * @param counts all unread counts with this one
 */
record NotificationUpdated(@JsonUnwrapped NotificationView notification, int count, Counts counts)
        implements UserEvent {
    @JsonIgnore
    @Override
    public String eventName() {
        return "notification-updated";
    }
}
