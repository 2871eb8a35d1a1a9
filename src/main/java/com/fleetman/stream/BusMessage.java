package com.fleetman.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fleetman.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several signals as one text between nodes. Wake-ups of one user are folded into the newest; a message stays under
 * the limit of a NOTIFY payload (7,999 bytes), and what alone is over it is left out, since only hints can be.
 *
 * @param node the node that sent it, which passes over its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record BusMessage(
        String node,
        @Nullable Map<UUID, Long> wake,
        @Nullable List<Signal.Hint> hints,
        @Nullable List<Signal.Ended> ended) {
    private static final int MOST_BYTES = 7_999;
    private static final int PER_MESSAGE = 100;

    static List<String> encode(String node, List<Signal> signals) {
        var wake = new HashMap<UUID, Long>();
        var texts = new ArrayList<String>();
        for (Signal signal : signals) {
            switch (signal) {
                case Signal.WakeUp wakeUp -> wake.merge(wakeUp.userId(), wakeUp.seq(), Math::max);
                case Signal.Hint hint -> add(texts, new BusMessage(node, null, List.of(hint), null));
                case Signal.Ended ended ->
                    split(ended).forEach(part -> add(texts, new BusMessage(node, null, null, List.of(part))));
            }
        }
        var users = new ArrayList<>(wake.keySet());
        for (int i = 0; i < users.size(); i += PER_MESSAGE) {
            var part = new HashMap<UUID, Long>();
            users.subList(i, Math.min(users.size(), i + PER_MESSAGE))
                    .forEach(user -> part.put(user, wake.getOrDefault(user, 0L)));
            add(texts, new BusMessage(node, part, null, null));
        }
        return texts;
    }

    private static List<Signal.Ended> split(Signal.Ended ended) {
        var sessions = new ArrayList<>(ended.sessionIds());
        var parts = new ArrayList<Signal.Ended>();
        for (int i = 0; i < sessions.size(); i += PER_MESSAGE) {
            parts.add(new Signal.Ended(
                    Set.copyOf(sessions.subList(i, Math.min(sessions.size(), i + PER_MESSAGE))), ended.reason()));
        }
        return parts;
    }

    private static void add(List<String> texts, BusMessage message) {
        String text = Json.write(message);
        if (text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            texts.add(text);
        }
    }

    /** The signals of a message, none if this node sent it itself. */
    static List<Signal> decode(String text, String ownNode) {
        BusMessage message = Json.read(text, BusMessage.class);
        var signals = new ArrayList<Signal>();
        if (!message.node().equals(ownNode)) {
            if (message.wake() != null) {
                message.wake().forEach((user, seq) -> signals.add(new Signal.WakeUp(user, seq, null)));
            }
            if (message.hints() != null) {
                signals.addAll(message.hints());
            }
            if (message.ended() != null) {
                signals.addAll(message.ended());
            }
        }
        return signals;
    }
}
