package com.fleetman.notification;

/** How much a notification presses. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT
}
