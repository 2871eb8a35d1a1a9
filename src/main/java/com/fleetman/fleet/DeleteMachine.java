package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.EntityTags;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes a machine that nothing has happened to yet: one that was entered by mistake. Any other one is retired. */
@ApplicationScoped
@Transactional
class DeleteMachine {
    /** How a machine was set up; all else is something that happened to it. */
    private static final Set<MachineEventType> SET_UP = EnumSet.of(
            MachineEventType.MACHINE_CREATED,
            MachineEventType.MACHINE_UPDATED,
            MachineEventType.STATUS_CHANGED,
            MachineEventType.PROVIDER_ASSIGNED,
            MachineEventType.PROVIDER_REMOVED,
            MachineEventType.MAINTENANCE_ALARM_CREATED,
            MachineEventType.MAINTENANCE_ALARM_UPDATED,
            MachineEventType.MAINTENANCE_ALARM_DELETED,
            MachineEventType.QUICKCHECK_TEMPLATE_CHANGED);

    private static final String HAS_HAPPENED = """
            select exists (select 1 from machine_event e where e.machine_id = :machine and e.type not in (:setUp))
                or exists (select 1 from quick_check c where c.machine_id = :machine)
                or exists (select 1 from maintenance_alarm a where a.machine_id = :machine and a.times_triggered > 0)""";

    private final EntityManager entities;
    private final Machines machines;
    private final Assignment assignment;

    @Inject
    DeleteMachine(EntityManager entities, Machines machines, Assignment assignment) {
        this.entities = entities;
        this.machines = machines;
        this.assignment = assignment;
    }

    /**
     * Deletes it with all that belongs to it, and tells the provider that it is gone.
     *
     * @param ifMatch the header as it was sent, null if it was not
     * @throws Problem 404 {@code machine_not_found}; 403 {@code not_the_owner}; 428 and 412 as
     *     {@link EntityTags#require}; 409 {@code machine_has_history}
     */
    void delete(Caller caller, UUID id, @Nullable String ifMatch) {
        Machine machine = machines.lock(caller, id).governing().machine();
        EntityTags.require(ifMatch, machine.version());
        List<String> setUp = SET_UP.stream().map(Enum::name).toList();
        boolean happened = (Boolean) entities.createNativeQuery(HAS_HAPPENED, Boolean.class)
                .setParameter("machine", id)
                .setParameter("setUp", setUp)
                .getSingleResult();
        if (happened) {
            throw Problem.conflict(
                    "machine_has_history", "this machine has a history to be kept; set its status to RETIRED instead");
        }
        UUID provider = machine.assignedProviderId();
        if (provider != null) {
            assignment.ended(machine, provider, machines.lockInboxes(machine));
        }
        entities.remove(machine);
    }
}
