package com.fleetman.notification;

import java.time.Instant;

/** A type of notification that shall not draw the user's attention, and from when on. */
record Mute(String type, Instant since) {}
