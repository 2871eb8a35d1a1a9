/**
 * Machines, their history, their maintenance alarms with the daily run, and quick checks. All of it tells the owner and
 * the assigned provider through {@link com.fleetman.notification.NotifyUser}, in the transaction that changes something.
 *
 * <p>Whatever changes something of a machine locks the machine first ({@link com.fleetman.fleet.Machines}), then inboxes.
 */
@NullMarked
package com.fleetman.fleet;

import org.jspecify.annotations.NullMarked;
