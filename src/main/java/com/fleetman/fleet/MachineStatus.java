package com.fleetman.fleet;

/** Where a machine is in its life. Only an {@link #ACTIVE} one collects hours. */
public enum MachineStatus {
    ACTIVE,
    MAINTENANCE,
    OUT_OF_SERVICE,
    /** For good, as a rule: it is kept for its history, and takes no quick checks. */
    RETIRED
}
