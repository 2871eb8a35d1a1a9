package com.fleetman.fleet;

import com.fleetman.stream.Inbox;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Somebody has written into a machine's history that an alarm was dealt with. Fired in the transaction that holds the
 * machine and the inboxes.
 *
 * @param inboxes those of the owner, the assigned provider and the actor
 */
record AlarmHandled(Machine machine, UUID alarmId, UUID actorId, Map<UUID, Inbox> inboxes, Instant at) {}
