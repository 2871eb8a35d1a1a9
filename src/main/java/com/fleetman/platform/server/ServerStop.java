package com.fleetman.platform.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;

/** Closes the pool when all beans have been destroyed; found through META-INF/services. */
public class ServerStop implements Extension {
    void close(@Observes BeforeShutdown event) {
        ServerPool.close();
    }
}
