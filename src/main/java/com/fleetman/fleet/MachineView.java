package com.fleetman.fleet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine as its owner, its provider and administrators see it.
 *
 * @param operatingHours what its meter shows
 * @param timezone IANA name
 * @param version what {@code ETag} says; not in the body
 */
record MachineView(
        UUID id,
        String serialNumber,
        String brand,
        String model,
        @Nullable String nickname,
        MachineStatus status,
        UUID ownerId,
        @Nullable UUID assignedProviderId,
        UsageSchedule usageSchedule,
        BigDecimal operatingHours,
        String timezone,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long version) {
    static MachineView of(Machine machine) {
        Machine.Names names = machine.names();
        return new MachineView(
                machine.id(),
                names.serialNumber(),
                names.brand(),
                names.model(),
                names.nickname(),
                machine.status(),
                machine.ownerId(),
                machine.assignedProviderId(),
                machine.schedule(),
                Hours.plain(machine.operatingHours()),
                machine.timezone().getId(),
                machine.createdAt(),
                machine.updatedAt(),
                machine.version());
    }
}
