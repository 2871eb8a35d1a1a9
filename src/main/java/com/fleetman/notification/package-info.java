/**
 * The inbox of notifications. Any feature creates one through {@link com.fleetman.notification.NotifyUser}, in its own
 * transaction; the user's devices see it and every change of its state at once, with counts that never drift.
 */
@NullMarked
package com.fleetman.notification;

import org.jspecify.annotations.NullMarked;
