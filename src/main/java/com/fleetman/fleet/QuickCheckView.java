package com.fleetman.fleet;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quick check as everybody sees it who sees the machine.
 *
 * @param items in the order of the template of that time
 * @param observations null for none
 * @param executedByName what the account is called now
 */
record QuickCheckView(
        UUID id,
        UUID machineId,
        CheckResult result,
        List<CheckedItem> items,
        String responsibleName,
        String responsibleWorkerId,
        @Nullable String observations,
        UUID executedById,
        String executedByName,
        Instant executedAt) {}
