package com.fleetman.stream;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * Carries signals to every node that wants them, this one included. It promises nothing but speed: a signal may be
 * lost, doubled or late, and the streams are right all the same. Messages of this node reach its own listener before
 * {@link #publish} returns, those of others some milliseconds later. Whenever signals of others may have been lost, the
 * listener gets {@link Signal.Missed}.
 */
interface ClusterBus {
    /** Sends a signal. Never blocks on the network and never throws. */
    void publish(Signal signal);

    /** Begins to deliver. Called once, at start; the listener neither blocks nor throws. */
    void start(Consumer<Signal> listener);

    /** Ends delivery and gives everything back. Idempotent. */
    void stop();

    /** This node has a stream of the user from now on, and wants to hear of the user. Never blocks and never throws. */
    default void hold(UUID userId) {}

    /** This node has no stream of the user any more. Once for each {@link #hold}. */
    default void release(UUID userId) {}

    /** Whether signals go out and come in, as far as is known; else events reach other nodes at the next comparison. */
    default boolean isUp() {
        return true;
    }

    /** Signals that could not be sent since the start; other nodes have found, or will find, their events in the log. */
    default long dropped() {
        return 0;
    }
}
