package com.fleetman.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A bus of one node that notes what went over it. */
final class LocalBus implements ClusterBus {
    private final List<Signal> published = new ArrayList<>();
    private Consumer<Signal> listener = signal -> {};
    private final List<LocalBus> others = new ArrayList<>();

    /** Makes two nodes of one: what one sends, the other hears, as it comes out of a message. */
    static void connect(LocalBus one, LocalBus other) {
        one.others.add(other);
        other.others.add(one);
    }

    static void disconnect(LocalBus one, LocalBus other) {
        one.others.remove(other);
        other.others.remove(one);
    }

    List<Signal> published() {
        return List.copyOf(published);
    }

    @Override
    public void publish(Signal signal) {
        published.add(signal);
        listener.accept(signal);
        for (LocalBus other : others) {
            BusMessage.encode("node-" + System.identityHashCode(this), List.of(signal), PostgresBus.MOST_BYTES)
                    .forEach(text -> BusMessage.decode(text, "").forEach(other.listener));
        }
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
