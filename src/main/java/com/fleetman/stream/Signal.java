package com.fleetman.stream;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What travels in memory and between nodes. Each of them may be lost, doubled or late without harm to the log. */
sealed interface Signal {
    /**
     * A user's log has grown.
     *
     * @param seq the position that was committed
     * @param frame the event at that position, where this node has it at hand
     */
    record WakeUp(UUID userId, long seq, @Nullable Frame frame) implements Signal {
        /** The same, known to be committed now. */
        WakeUp committed(long nanoTime) {
            return frame == null ? this : new WakeUp(userId, seq, frame.committed(nanoTime));
        }
    }

    /** An ephemeral event, {@code typing} for example: shown by who is connected now, stored nowhere. */
    record Hint(UUID userId, String name, String data) implements Signal {}

    /**
     * Sessions have ended and their streams must end.
     *
     * @param reason the stable code that the {@code expired} event gives
     */
    record Ended(Set<UUID> sessionIds, String reason) implements Signal {}

    /**
     * An administrator wants streams closed. Their clients may come back.
     *
     * @param userId whose streams; null for one stream
     * @param streamId which stream; null for all of the user's
     */
    record Close(@Nullable UUID userId, @Nullable UUID streamId) implements Signal {}

    /**
     * The streams that a node has of a user: all of them, oldest first, so that whoever hears it needs nothing else.
     *
     * @param node empty for the one that says it
     */
    record Held(UUID userId, String node, List<UUID> streams) implements Signal {}

    /**
     * A node is there.
     *
     * @param node empty for the one that says it
     */
    record Alive(String node) implements Signal {}

    /** There is something new for everybody: every node has its connected users told. */
    record Announced() implements Signal {}

    /** Signals of other nodes may have been lost: compare with the log now. From a bus to its own node only. */
    record Missed() implements Signal {}
}
