package com.fleetman.fleet;

/** What a caller is to a machine. */
enum Standing {
    OWNER,
    /** The assigned one: reads everything, and does what is done to a machine at work. */
    PROVIDER,
    ADMIN;

    /** Whether this caller decides what the machine is and who looks after it. */
    boolean governs() {
        return this != PROVIDER;
    }
}
