package com.fleetman.platform.traces;

import com.fleetman.platform.Settings;
import com.fleetman.platform.Stopping;
import com.fleetman.platform.Tracing;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Gives what the settings ask for: traces to a collector, or none. */
@ApplicationScoped
public class TracingSource {
    private final Settings settings;
    private Tracing made = Tracing.OFF;

    @Inject
    TracingSource(Settings settings) {
        this.settings = settings;
    }

    @Produces
    @Singleton
    synchronized Tracing tracing() {
        if (settings.monitoring().traces().endpoint().isPresent()) {
            made = Collector.tracing(settings);
        }
        return made;
    }

    /** After all that may still be traced. */
    void stop(@Observes @Priority(Stopping.LAST) Stopping event) {
        close();
    }

    /** For an application that did not get as far as to be stopped. */
    @PreDestroy
    synchronized void close() {
        made.close();
        made = Tracing.OFF;
    }
}
