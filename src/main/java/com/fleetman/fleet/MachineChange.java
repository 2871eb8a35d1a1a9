package com.fleetman.fleet;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /machines/{id}}. What it leaves out stays; null takes away the nickname or the provider, and
 * is refused for what a machine must have. A class with setters, since only these tell null from nothing.
 */
final class MachineChange {
    /** What the assigned provider may change. */
    private static final Set<String> AT_WORK = Set.of("status", "operatingHours");

    private final Set<String> sent = new HashSet<>();
    private @Nullable String serialNumber;
    private @Nullable String brand;
    private @Nullable String model;
    private @Nullable String nickname;
    private @Nullable String status;
    private @Nullable String assignedProviderId;
    private UsageSchedule.@Nullable Body usageSchedule;
    private @Nullable BigDecimal operatingHours;
    private @Nullable String timezone;

    @JsonSetter("serialNumber")
    void serialNumber(@Nullable String value) {
        sent.add("serialNumber");
        serialNumber = value;
    }

    @JsonSetter("brand")
    void brand(@Nullable String value) {
        sent.add("brand");
        brand = value;
    }

    @JsonSetter("model")
    void model(@Nullable String value) {
        sent.add("model");
        model = value;
    }

    @JsonSetter("nickname")
    void nickname(@Nullable String value) {
        sent.add("nickname");
        nickname = value;
    }

    @JsonSetter("status")
    void status(@Nullable String value) {
        sent.add("status");
        status = value;
    }

    @JsonSetter("assignedProviderId")
    void assignedProviderId(@Nullable String value) {
        sent.add("assignedProviderId");
        assignedProviderId = value;
    }

    @JsonSetter("usageSchedule")
    void usageSchedule(UsageSchedule.@Nullable Body value) {
        sent.add("usageSchedule");
        usageSchedule = value;
    }

    @JsonSetter("operatingHours")
    void operatingHours(@Nullable BigDecimal value) {
        sent.add("operatingHours");
        operatingHours = value;
    }

    @JsonSetter("timezone")
    void timezone(@Nullable String value) {
        sent.add("timezone");
        timezone = value;
    }

    /** A value that was sent, null for the null that takes away. */
    record Sent<T>(@Nullable T value) {
        T or(T fallback) {
            return value == null ? fallback : value;
        }
    }

    /**
     * The change, checked; null for what stays.
     *
     * @param atWork whether it changes nothing but what the assigned provider may change
     */
    record Checked(
            boolean atWork,
            @Nullable String serialNumber,
            @Nullable String brand,
            @Nullable String model,
            @Nullable Sent<String> nickname,
            @Nullable MachineStatus status,
            @Nullable Sent<UUID> assignedProviderId,
            @Nullable UsageSchedule usageSchedule,
            @Nullable BigDecimal operatingHours,
            @Nullable ZoneId timezone) {}

    /**
     * @throws Problem 400 {@code validation_failed}
     */
    Checked checked() {
        var fields = new Fields();
        Optional<UUID> provider = MachineFields.id(fields, "assignedProviderId", assignedProviderId);
        var checked = new Checked(
                AT_WORK.containsAll(sent),
                sent.contains("serialNumber") ? MachineFields.name(fields, "serialNumber", serialNumber) : null,
                sent.contains("brand") ? MachineFields.name(fields, "brand", brand) : null,
                sent.contains("model") ? MachineFields.name(fields, "model", model) : null,
                sent.contains("nickname") ? new Sent<>(MachineFields.nickname(fields, nickname)) : null,
                sent.contains("status") ? fields.oneOf("status", status, MachineStatus.class, null) : null,
                sent.contains("assignedProviderId") ? new Sent<>(provider.orElse(null)) : null,
                sent.contains("usageSchedule") ? UsageSchedule.check(fields, usageSchedule) : null,
                sent.contains("operatingHours") ? MachineFields.operatingHours(fields, operatingHours) : null,
                sent.contains("timezone") ? MachineFields.timezone(fields, timezone) : null);
        fields.check();
        return checked;
    }
}
