package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.identity.User;
import com.fleetman.identity.Users;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes into a machine's history what people have to say, and tells the other side. */
@ApplicationScoped
@Transactional
class WriteHistory {
    private static final int LONGEST = 1_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final List<String> TYPES = Arrays.stream(MachineEventType.values())
            .filter(MachineEventType::isManual)
            .map(Enum::name)
            .toList();

    /** What can be the answer to a maintenance alarm. */
    private static final Set<MachineEventType> HANDLING =
            EnumSet.of(MachineEventType.MAINTENANCE, MachineEventType.REPAIR);

    private final Machines machines;
    private final History history;
    private final Users users;
    private final NotifyUser notifyUser;
    private final Event<AlarmHandled> handled;
    private final Clock clock;

    @Inject
    WriteHistory(
            Machines machines,
            History history,
            Users users,
            NotifyUser notifyUser,
            Event<AlarmHandled> handled,
            Clock clock) {
        this.machines = machines;
        this.history = history;
        this.users = users;
        this.notifyUser = notifyUser;
        this.handled = handled;
        this.clock = clock;
    }

    /** The body of {@code POST /machines/{id}/events}. */
    record Body(
            @Nullable String type,
            @Nullable String description,
            @Nullable String occurredAt,
            @Nullable String alarmId) {

        /**
         * @throws Problem 400 {@code validation_failed}
         */
        Command checked(Instant now) {
            var fields = new Fields();
            if (type == null) {
                fields.reject("type", "required", "type is required");
            }
            MachineEventType kind = MachineEventType.valueOf(fields.oneOf("type", type, TYPES, TYPES.get(0)));
            String text = fields.trimmed("description", description, LONGEST);
            Instant when = occurredAt == null ? null : instant(fields, occurredAt, now);
            UUID alarm = MachineFields.id(fields, "alarmId", alarmId).orElse(null);
            if (alarmId != null && !HANDLING.contains(kind)) {
                fields.reject("alarmId", "not_for_this_type", "alarmId goes with " + HANDLING + " only");
            }
            fields.check();
            return new Command(kind, text, when, alarm);
        }

        /** To the millisecond, as it is shown. */
        private static Instant instant(Fields fields, String text, Instant now) {
            Instant when;
            try {
                when = Instant.parse(text);
            } catch (DateTimeParseException e) {
                fields.reject(
                        "occurredAt", "invalid_instant", "occurredAt must be an instant like 2026-11-24T12:00:00Z");
                return now;
            }
            if (when.isAfter(now.plus(CLOCKS_DIFFER))) {
                fields.reject("occurredAt", "in_the_future", "occurredAt must not be in the future");
                return now;
            }
            if (when.isBefore(EARLIEST)) {
                fields.reject("occurredAt", "out_of_range", "occurredAt must not be before " + EARLIEST);
                return now;
            }
            return when.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * An entry that was checked.
     *
     * @param occurredAt null for when it is written
     */
    record Command(
            MachineEventType type,
            String description,
            @Nullable Instant occurredAt,
            @Nullable UUID alarmId) {}

    /**
     * Writes the entry; one that names a maintenance alarm handles it.
     *
     * @throws Problem 404 {@code machine_not_found} or {@code alarm_not_found}; 400 {@code validation_failed}
     */
    MachineEventView write(Caller caller, UUID machineId, Body body) {
        Command command = body.checked(clock.instant());
        Machines.Access access = machines.lock(caller, machineId);
        Machine machine = access.machine();
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine);
        User actor = users.requireActive(caller.userId());
        Instant now = clock.instant();
        Instant when = Objects.requireNonNullElse(command.occurredAt(), now);
        MachineEvent event = history.add(machine, command.type(), actor.id(), metadata(command), when, now);
        if (command.alarmId() != null) {
            handled.fire(new AlarmHandled(machine, command.alarmId(), actor.id(), inboxes, now));
        }
        inboxes.forEach((userId, inbox) -> {
            if (isOtherSide(access, userId)) {
                notifyUser.notify(inbox, Notices.written(machine, event, command.description(), actor));
            }
        });
        return MachineEventView.of(event, actor.companyName());
    }

    /** The provider for the owner and the owner for the provider; an administrator is on neither side. */
    private static boolean isOtherSide(Machines.Access access, UUID userId) {
        return switch (access.standing()) {
            case OWNER -> !userId.equals(access.machine().ownerId());
            case PROVIDER -> !Objects.equals(userId, access.machine().assignedProviderId());
            case ADMIN -> true;
        };
    }

    private static Map<String, Object> metadata(Command command) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("description", command.description());
        if (command.alarmId() != null) {
            metadata.put("alarmId", command.alarmId());
        }
        return metadata;
    }
}
