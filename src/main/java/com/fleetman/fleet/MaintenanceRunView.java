package com.fleetman.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A daily run as administrators see it.
 *
 * @param scheduledFor the time of the schedule that it is for; null if an administrator asked for it
 * @param date the day that the administrator asked for, {@code 2026-11-24}; null if it is the schedule's
 * @param node the node that did it, or the end of it
 * @param machines how many it has brought up to date
 * @param days days of machines that it has dealt with, those without hours included
 * @param finishedAt null while it goes on, or if it was interrupted
 */
public record MaintenanceRunView(
        UUID id,
        @Nullable Instant scheduledFor,
        @Nullable String date,
        String node,
        int machines,
        int days,
        int alarmsFired,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
