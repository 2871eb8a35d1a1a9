package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.EntityTags;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what a machine is, in what state, and who looks after it. A change to what is already so changes nothing. */
@ApplicationScoped
@Transactional
class ChangeMachine {
    private final EntityManager entities;
    private final Machines machines;
    private final SerialNumbers serialNumbers;
    private final Assignment assignment;
    private final History history;
    private final Clock clock;

    @Inject
    ChangeMachine(
            EntityManager entities,
            Machines machines,
            SerialNumbers serialNumbers,
            Assignment assignment,
            History history,
            Clock clock) {
        this.entities = entities;
        this.machines = machines;
        this.serialNumbers = serialNumbers;
        this.assignment = assignment;
        this.history = history;
        this.clock = clock;
    }

    private record FromTo(@Nullable Object from, @Nullable Object to) {}

    /**
     * Makes the change and answers the machine as it is then.
     *
     * @param ifMatch the header as it was sent, null if it was not
     * @throws Problem 404 {@code machine_not_found}; 403 {@code not_the_owner}; 428 and 412 as
     *     {@link EntityTags#require}; 409 {@code serial_taken}; 400 {@code user_not_found} or {@code not_a_provider}
     */
    MachineView change(Caller caller, UUID id, MachineChange.Checked change, @Nullable String ifMatch) {
        Machines.Access access = machines.lock(caller, id);
        Machine machine = access.machine();
        if (!change.atWork() || retires(machine, change)) {
            access.governing();
        }
        EntityTags.require(ifMatch, machine.version());

        Machine.Names names = names(machine.names(), change);
        if (!SerialNumbers.same(names, machine.names())) {
            serialNumbers.claim(machine.id(), names);
        }
        UUID before = machine.assignedProviderId();
        UUID provider = change.assignedProviderId() == null
                ? before
                : change.assignedProviderId().value();
        boolean reassigned = !Objects.equals(provider, before);
        Map<UUID, Inbox> inboxes = reassigned ? machines.lockInboxes(machine, provider) : Map.of();
        if (reassigned) {
            assignment.check(provider);
        }

        Instant now = clock.instant();
        Map<String, Object> changes = apply(machine, names, change, now);
        if (!changes.isEmpty()) {
            history.add(machine, MachineEventType.MACHINE_UPDATED, caller.userId(), Map.of("changes", changes));
        }
        if (change.status() != null && change.status() != machine.status()) {
            var statuses = new FromTo(machine.status(), change.status());
            machine.become(change.status(), now);
            history.add(machine, MachineEventType.STATUS_CHANGED, caller.userId(), metadata(statuses));
        }
        if (reassigned) {
            machine.assign(provider, now);
            assignment.changed(machine, before, caller.userId(), inboxes);
        }
        entities.flush(); // now, so that the answer has the new version
        return MachineView.of(machine);
    }

    private static boolean retires(Machine machine, MachineChange.Checked change) {
        return change.status() != null
                && change.status() != machine.status()
                && (change.status() == MachineStatus.RETIRED || machine.status() == MachineStatus.RETIRED);
    }

    private static Machine.Names names(Machine.Names known, MachineChange.Checked change) {
        return new Machine.Names(
                Objects.requireNonNullElse(change.serialNumber(), known.serialNumber()),
                Objects.requireNonNullElse(change.brand(), known.brand()),
                Objects.requireNonNullElse(change.model(), known.model()),
                change.nickname() == null ? known.nickname() : change.nickname().value());
    }

    /** Applies all but the status and the provider, and answers what has changed, by field. */
    private static Map<String, Object> apply(
            Machine machine, Machine.Names names, MachineChange.Checked change, Instant now) {
        var changes = new LinkedHashMap<String, Object>();
        Machine.Names known = machine.names();
        if (!names.equals(known)) {
            note(changes, "serialNumber", known.serialNumber(), names.serialNumber());
            note(changes, "brand", known.brand(), names.brand());
            note(changes, "model", known.model(), names.model());
            note(changes, "nickname", known.nickname(), names.nickname());
            machine.rename(names, now);
        }
        if (change.usageSchedule() != null) {
            UsageSchedule before = machine.schedule();
            // With its hours written as those of the machine are.
            UsageSchedule after = UsageSchedule.of(
                    change.usageSchedule().dailyHours(), change.usageSchedule().mask());
            if (note(changes, "usageSchedule", before, after)) {
                machine.reschedule(after, now);
            }
        }
        if (change.operatingHours() != null
                && note(
                        changes,
                        "operatingHours",
                        Hours.plain(machine.operatingHours()),
                        Hours.plain(change.operatingHours()))) {
            machine.readMeter(change.operatingHours(), now);
        }
        if (change.timezone() != null
                && note(
                        changes,
                        "timezone",
                        machine.timezone().getId(),
                        change.timezone().getId())) {
            machine.move(change.timezone(), now);
        }
        return changes;
    }

    private static boolean note(Map<String, Object> changes, String field, @Nullable Object from, @Nullable Object to) {
        if (Objects.equals(from, to)) {
            return false;
        }
        changes.put(field, new FromTo(from, to));
        return true;
    }

    private static Map<String, Object> metadata(FromTo change) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("from", Objects.requireNonNull(change.from()));
        metadata.put("to", Objects.requireNonNull(change.to()));
        return metadata;
    }
}
