package com.fleetman.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** Whether the schema is the one that this version needs; it is made at the start, as soon as there is a database. */
@ApplicationScoped
class SchemaHealth implements HealthCheck {
    private final Migrations migrations;

    @Inject
    SchemaHealth(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public String component() {
        return "schema";
    }

    @Override
    public Set<Probe> probes() {
        return Set.of(Probe.READY, Probe.STARTED);
    }

    @Override
    public Health check() {
        return Health.downUnless(migrations.isUpToDate(), "the schema has not been brought up to date yet");
    }
}
