package com.fleetman.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The streams that users of this node have on other nodes, as far as those have said. It costs nothing for users who are
 * on one node only. What a node said holds until it says something else, or nothing at all for a while.
 */
final class StreamsElsewhere {
    private static final long SILENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final LongSupplier nanoTime;
    private final Map<UUID, Map<String, List<UUID>>> users = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    StreamsElsewhere(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void alive(String node) {
        heard.put(node, nanoTime.getAsLong());
    }

    /** Notes what a node has of a user, and answers whether it is the first that is known of the two. */
    boolean note(Signal.Held held) {
        alive(held.node());
        var first = new boolean[1];
        users.compute(held.userId(), (id, known) -> {
            Map<String, List<UUID>> nodes = known == null ? new ConcurrentHashMap<>(2) : known;
            if (held.streams().isEmpty()) {
                nodes.remove(held.node());
            } else {
                first[0] = nodes.put(held.node(), held.streams()) == null;
            }
            return nodes.isEmpty() ? null : nodes;
        });
        return first[0];
    }

    /** This node has no stream of the user any more. */
    void forget(UUID userId) {
        users.remove(userId);
    }

    /** The user's streams on nodes that are alive. */
    List<UUID> of(UUID userId) {
        long now = nanoTime.getAsLong();
        return users.getOrDefault(userId, Map.of()).entrySet().stream()
                .filter(node -> now - heard.getOrDefault(node.getKey(), now - 2 * SILENCE_NANOS) < SILENCE_NANOS)
                .flatMap(node -> node.getValue().stream())
                .toList();
    }
}
