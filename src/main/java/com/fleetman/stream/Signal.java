package com.fleetman.stream;

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
    record WakeUp(UUID userId, long seq, @Nullable Frame frame) implements Signal {}

    /** An ephemeral event, {@code typing} for example: shown by who is connected now, stored nowhere. */
    record Hint(UUID userId, String name, String data) implements Signal {}

    /**
     * Sessions have ended and their streams must end.
     *
     * @param reason the stable code that the {@code expired} event gives
     */
    record Ended(Set<UUID> sessionIds, String reason) implements Signal {}
}
