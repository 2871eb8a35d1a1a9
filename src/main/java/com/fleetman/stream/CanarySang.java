package com.fleetman.stream;

import java.util.UUID;

/** The event by which a node tries itself; nobody but the nodes gets it. */
record CanarySang(String node, UUID song) implements UserEvent {
    @Override
    public String eventName() {
        return "canary";
    }
}
