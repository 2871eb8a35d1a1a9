package com.fleetman.fleet;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The template of a machine's quick checks.
 *
 * @param updatedBy who changed it last
 */
record QuickCheckTemplateView(UUID machineId, List<Item> items, UUID updatedBy, Instant updatedAt) {
    record Item(String name) {}
}
