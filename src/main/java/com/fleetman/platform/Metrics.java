package com.fleetman.platform;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Collects what the parts of the application count; costs nothing but the counting until somebody asks for it. */
@ApplicationScoped
public class Metrics {
    private final Instance<Measured> parts;
    private @Nullable Meters meters;

    @Inject
    Metrics(Instance<Measured> parts) {
        this.parts = parts;
    }

    /** Everything that this node counts, in the format that the {@code Accept} header of a scraper asks for. */
    public String scrape(String contentType) {
        return meters().scrape(contentType);
    }

    private synchronized Meters meters() {
        Meters known = meters;
        if (known == null) {
            known = new Meters();
            for (Measured part : parts) {
                part.measure(known);
            }
            meters = known;
        }
        return known;
    }

    synchronized void close(@Observes @Priority(Stopping.LAST) Stopping event) {
        if (meters != null) {
            meters.close();
            meters = null;
        }
    }
}
