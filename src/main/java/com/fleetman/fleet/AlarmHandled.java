package com.fleetman.fleet;

import com.fleetman.stream.Inbox;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Somebody has written down that what a maintenance alarm asks for was done. Observed in the same transaction, which
 * holds the machine and the inboxes; an observer that throws a problem undoes all of it.
 *
 * @param alarmId as the user named it: whether the machine has such an alarm is not checked before
 * @param inboxes those of the owner and of the assigned provider, by user id
 */
record AlarmHandled(Machine machine, UUID alarmId, UUID actorId, Map<UUID, Inbox> inboxes, Instant at) {}
