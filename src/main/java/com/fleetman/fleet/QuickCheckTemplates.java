package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads and changes what the quick checks of a machine look at. */
@ApplicationScoped
@Transactional
class QuickCheckTemplates {
    private final EntityManager entities;
    private final Machines machines;
    private final History history;
    private final Clock clock;

    @Inject
    QuickCheckTemplates(EntityManager entities, Machines machines, History history, Clock clock) {
        this.entities = entities;
        this.machines = machines;
        this.history = history;
        this.clock = clock;
    }

    /** @throws Problem 404 {@code machine_not_found} or, before one was set, {@code template_not_found} */
    QuickCheckTemplateView read(Caller caller, UUID machineId) {
        machines.read(caller, machineId);
        QuickCheckTemplate template = entities.find(QuickCheckTemplate.class, machineId);
        if (template == null) {
            throw Problem.notFound("template_not_found", "the machine has no template of quick checks yet");
        }
        return template.view();
    }

    /**
     * Sets the names, in this order. The same again changes nothing, not even who changed it last.
     *
     * @throws Problem 404 {@code machine_not_found}
     */
    QuickCheckTemplateView set(Caller caller, UUID machineId, List<String> names) {
        Machine machine = machines.lock(caller, machineId).machine();
        QuickCheckTemplate template = entities.find(QuickCheckTemplate.class, machineId);
        if (template != null && template.names().equals(names)) {
            return template.view();
        }
        if (template == null) {
            template = new QuickCheckTemplate(machineId, names, caller.userId(), clock.instant());
            entities.persist(template);
        } else {
            template.change(names, caller.userId(), clock.instant());
        }
        history.add(machine, MachineEventType.QUICKCHECK_TEMPLATE_CHANGED, caller.userId(), Map.of("items", names));
        return template.view();
    }
}
