package com.fleetman.stream;

import java.util.function.Consumer;

/**
 * Carries signals to every node, this one included. It promises nothing but speed: a signal may be lost, doubled or
 * late, and the streams are right all the same. Messages of this node reach its own listener before {@link #publish}
 * returns, those of others some milliseconds later.
 */
interface ClusterBus {
    /** Sends a signal. Never blocks on the network and never throws. */
    void publish(Signal signal);

    /** Begins to deliver. Called once, at start; the listener neither blocks nor throws. */
    void start(Consumer<Signal> listener);

    /** Ends delivery and gives everything back. Idempotent. */
    void stop();
}
