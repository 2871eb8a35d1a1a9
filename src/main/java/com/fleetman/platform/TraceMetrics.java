package com.fleetman.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether spans get to where they are collected. */
@ApplicationScoped
class TraceMetrics implements Measured {
    private final Tracing tracing;

    @Inject
    TraceMetrics(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void measure(Meters meters) {
        meters.total("trace_spans_exported", "Spans that the collector has taken.", tracing::exported);
        meters.total(
                "trace_spans_dropped",
                "Spans that were given up: too many waited, or the collector did not take them.",
                tracing::dropped);
    }
}
