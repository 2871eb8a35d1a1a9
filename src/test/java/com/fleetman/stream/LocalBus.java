package com.fleetman.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A bus of one node that notes what went over it. */
final class LocalBus implements ClusterBus {
    private final List<Signal> published = new ArrayList<>();
    private Consumer<Signal> listener = signal -> {};

    List<Signal> published() {
        return List.copyOf(published);
    }

    @Override
    public void publish(Signal signal) {
        published.add(signal);
        listener.accept(signal);
    }

    @Override
    public void start(Consumer<Signal> to) {
        listener = to;
    }

    @Override
    public void stop() {
        listener = signal -> {};
    }
}
