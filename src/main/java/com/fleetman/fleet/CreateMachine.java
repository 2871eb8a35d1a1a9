package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Enters a machine into the fleet of its owner. */
@ApplicationScoped
@Transactional
class CreateMachine {
    private final EntityManager entities;
    private final Machines machines;
    private final SerialNumbers serialNumbers;
    private final Assignment assignment;
    private final History history;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    CreateMachine(
            EntityManager entities,
            Machines machines,
            SerialNumbers serialNumbers,
            Assignment assignment,
            History history,
            Settings settings,
            Clock clock) {
        this.entities = entities;
        this.machines = machines;
        this.serialNumbers = serialNumbers;
        this.assignment = assignment;
        this.history = history;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /** The body of {@code POST /machines}. */
    record Body(
            @Nullable String serialNumber,
            @Nullable String brand,
            @Nullable String model,
            @Nullable String nickname,
            @Nullable String status,
            @Nullable String ownerId,
            @Nullable String assignedProviderId,
            UsageSchedule.@Nullable Body usageSchedule,
            @Nullable BigDecimal operatingHours,
            @Nullable String timezone) {}

    /** A machine to be made, checked as far as that needs no database. */
    record Command(
            UUID actorId,
            UUID ownerId,
            Machine.Names names,
            MachineStatus status,
            @Nullable UUID providerId,
            UsageSchedule schedule,
            BigDecimal operatingHours,
            ZoneId timezone) {

        /**
         * @throws Problem 403 {@code clients_only} or {@code not_the_owner}, 400 {@code validation_failed}
         */
        static Command of(Caller caller, Body body) {
            boolean admin = caller.roles().contains("ADMIN");
            if (!admin && !caller.roles().contains("CLIENT")) {
                throw Problem.forbidden("clients_only", "only clients have machines of their own");
            }
            var fields = new Fields();
            var names = new Machine.Names(
                    MachineFields.name(fields, "serialNumber", body.serialNumber()),
                    MachineFields.name(fields, "brand", body.brand()),
                    MachineFields.name(fields, "model", body.model()),
                    MachineFields.nickname(fields, body.nickname()));
            MachineStatus status = fields.oneOf("status", body.status(), MachineStatus.class, MachineStatus.ACTIVE);
            Optional<UUID> owner = MachineFields.id(fields, "ownerId", body.ownerId());
            if (admin && body.ownerId() == null) {
                fields.reject("ownerId", "required", "an administrator must name the owner");
            }
            Optional<UUID> provider = MachineFields.id(fields, "assignedProviderId", body.assignedProviderId());
            UsageSchedule schedule = UsageSchedule.check(fields, body.usageSchedule());
            BigDecimal hours = MachineFields.operatingHours(
                    fields, Objects.requireNonNullElse(body.operatingHours(), BigDecimal.ZERO));
            ZoneId timezone = MachineFields.timezone(fields, body.timezone());
            fields.check();
            UUID ownerId = owner.orElse(caller.userId());
            if (!admin && !ownerId.equals(caller.userId())) {
                throw Problem.forbidden("not_the_owner", "only an administrator makes machines for others")
                        .field("ownerId");
            }
            return new Command(
                    caller.userId(),
                    ownerId,
                    names,
                    Objects.requireNonNullElse(status, MachineStatus.ACTIVE),
                    provider.orElse(null),
                    schedule,
                    hours,
                    timezone);
        }
    }

    /**
     * Makes it, and tells the provider if there is one.
     *
     * @throws Problem 409 {@code serial_taken} or {@code too_many_machines}; 400 {@code user_not_found},
     *     {@code not_a_client} or {@code not_a_provider}
     */
    MachineView create(Command command) {
        Instant now = clock.instant();
        var machine = new Machine(
                command.ownerId(),
                command.names(),
                command.status(),
                command.schedule(),
                command.operatingHours(),
                command.timezone(),
                now);
        serialNumbers.claim(machine.id(), command.names());
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine, command.providerId());
        assignment.checkOwner(command.ownerId());
        assignment.check(command.providerId());
        requireRoom(command.ownerId());
        machine.assign(command.providerId(), now);
        entities.persist(machine);
        entities.flush(); // now, so that its history may refer to the row
        history.add(machine, MachineEventType.MACHINE_CREATED, command.actorId(), created(command));
        assignment.changed(machine, null, command.actorId(), inboxes);
        return MachineView.of(machine);
    }

    private static Map<String, Object> created(Command command) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("serialNumber", command.names().serialNumber());
        metadata.put("brand", command.names().brand());
        metadata.put("model", command.names().model());
        metadata.put("status", command.status());
        return metadata;
    }

    /** Under the owner's inbox, so that concurrent requests do not make one too many. */
    private void requireRoom(UUID ownerId) {
        long count = entities.createQuery("select count(m) from Machine m where m.ownerId = :owner", Long.class)
                .setParameter("owner", ownerId)
                .getSingleResult();
        if (count >= limits.machines()) {
            throw Problem.conflict("too_many_machines", "an owner can have at most " + limits.machines() + " machines");
        }
    }
}
