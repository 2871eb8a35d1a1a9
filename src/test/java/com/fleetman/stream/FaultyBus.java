package com.fleetman.stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus at its worst: it drops, doubles and holds back signals, delivers in the wrong order and without frames, and
 * announces positions that the log does not have. Only in wars of tests.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class FaultyBus implements ClusterBus {
    private final Random random = new Random(20_260_110);
    private final Deque<Signal> held = new ArrayDeque<>();
    private @Nullable Consumer<Signal> listener;

    @Override
    public synchronized void publish(Signal signal) {
        Consumer<Signal> to = listener;
        if (to == null) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                // lost
            }
            case 3 -> {
                to.accept(signal);
                to.accept(signal);
            }
            case 4 -> held.push(signal);
            case 5 -> {
                to.accept(signal);
                while (!held.isEmpty()) {
                    to.accept(held.pop());
                }
            }
            case 6 -> {
                if (signal instanceof Signal.WakeUp wakeUp) {
                    to.accept(new Signal.WakeUp(wakeUp.userId(), wakeUp.seq() + 1_000, null));
                }
            }
            default -> to.accept(signal);
        }
    }

    @Override
    public synchronized void start(Consumer<Signal> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void stop() {
        listener = null;
    }
}
