package com.fleetman.platform;

import java.util.Set;

/** A component that the health of this node depends on; found by its type, whatever package it is in. */
public interface HealthCheck {
    /** What orchestrators ask: the last part of {@code /health/...}. */
    enum Probe {
        /** Restart it, unless it is. */
        LIVE,
        /** Send it requests, if it is. */
        READY,
        /** Wait with the other questions, until it is. */
        STARTED
    }

    /** Its name in the answer. */
    String component();

    /** The questions that this is part of the answer to. */
    Set<Probe> probes();

    /** How it is now. Takes seconds at most. */
    Health check();
}
