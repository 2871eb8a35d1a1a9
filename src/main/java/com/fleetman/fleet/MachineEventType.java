package com.fleetman.fleet;

import java.util.Locale;

/** What a line of a machine's history is about. */
enum MachineEventType {
    MACHINE_CREATED(false),
    MACHINE_UPDATED(false),
    STATUS_CHANGED(false),
    PROVIDER_ASSIGNED(false),
    PROVIDER_REMOVED(false),
    MAINTENANCE_ALARM_CREATED(false),
    MAINTENANCE_ALARM_UPDATED(false),
    MAINTENANCE_ALARM_DELETED(false),
    MAINTENANCE_ALARM_TRIGGERED(false),
    MAINTENANCE_ALARM_RESET(false),
    QUICKCHECK_TEMPLATE_CHANGED(false),
    QUICKCHECK_APPROVED(false),
    QUICKCHECK_DISAPPROVED(false),
    QUICKCHECK_NOT_INITIATED(false),
    // Those that people write themselves.
    INCIDENT(true),
    FAILURE(true),
    STOP(true),
    REPAIR(true),
    MAINTENANCE(true);

    private final boolean manual;

    MachineEventType(boolean manual) {
        this.manual = manual;
    }

    boolean isManual() {
        return manual;
    }

    /** The i18n key of its title, {@code machine.event.status_changed.title}. */
    String title() {
        return "machine.event." + name().toLowerCase(Locale.ROOT) + ".title";
    }
}
