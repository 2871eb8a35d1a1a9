package com.fleetman.stream;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Loses a part of what goes over the bus, and of what comes, while {@link Misfortune} says so. Only in wars of tests. */
@Decorator
@Priority(1)
public class LossyBus implements ClusterBus {
    private final ClusterBus bus;
    private final Misfortune misfortune;

    @Inject
    LossyBus(@Delegate @Any ClusterBus bus, Misfortune misfortune) {
        this.bus = bus;
        this.misfortune = misfortune;
    }

    @Override
    public void publish(Signal signal) {
        if (isLucky()) {
            bus.publish(signal);
        }
    }

    @Override
    public void start(Consumer<Signal> listener) {
        bus.start(signal -> {
            if (isLucky()) {
                listener.accept(signal);
            }
        });
    }

    @Override
    public void stop() {
        bus.stop();
    }

    @Override
    public void hold(UUID userId) {
        bus.hold(userId);
    }

    @Override
    public void release(UUID userId) {
        bus.release(userId);
    }

    @Override
    public boolean isUp() {
        return bus.isUp();
    }

    @Override
    public long dropped() {
        return bus.dropped();
    }

    private boolean isLucky() {
        return ThreadLocalRandom.current().nextInt(100) >= misfortune.lost();
    }
}
