package com.fleetman.stream;

import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The bus that the settings name. */
@ApplicationScoped
class ChosenBus implements ClusterBus {
    private final ClusterBus engine;

    @Inject
    ChosenBus(Settings settings, DataSource dataSource, BusMetrics metrics) {
        engine = settings.cluster()
                .redis()
                .<ClusterBus>map(uri -> new RedisBus(uri, settings.node(), metrics))
                .orElseGet(() -> new PostgresBus(settings, dataSource, metrics));
    }

    @Override
    public void publish(Signal signal) {
        engine.publish(signal);
    }

    @Override
    public void start(Consumer<Signal> listener) {
        engine.start(listener);
    }

    @Override
    public void stop() {
        engine.stop();
    }

    @Override
    public void hold(UUID userId) {
        engine.hold(userId);
    }

    @Override
    public void release(UUID userId) {
        engine.release(userId);
    }

    @Override
    public boolean isUp() {
        return engine.isUp();
    }

    @Override
    public long dropped() {
        return engine.dropped();
    }
}
