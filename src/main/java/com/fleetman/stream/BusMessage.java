package com.fleetman.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several signals as one text between nodes, which may be of different versions of the application: a message of
 * another {@link #VERSION} and fields that are not known are passed over, and what they said is found in the log.
 *
 * <p>An event that is small travels whole, so that another node can write it without asking the database; of one that is
 * not, only the newest position of its user does. A message stays under the limit of its bus, and what alone is over it
 * is left out, since only hints can be.
 */
final class BusMessage {
    /** Raised only if an older node would misunderstand a message; a new field or kind of signal is no reason. */
    static final int VERSION = 1;

    private final String node;
    private final int mostBytes;
    private final List<String> texts = new ArrayList<>();

    private BusMessage(String node, int mostBytes) {
        this.node = node;
        this.mostBytes = mostBytes;
    }

    private record Position(UUID user, long seq) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Event(UUID user, long seq, String frame, Frame.@Nullable Trace trace) {}

    private record Streams(UUID user, List<UUID> ids) {}

    /** @param mostBytes of a message, in UTF-8 */
    static List<String> encode(String node, List<Signal> signals, int mostBytes) {
        var message = new BusMessage(node, mostBytes);
        var wake = new HashMap<UUID, Long>();
        var events = new ArrayList<Event>();
        var hints = new ArrayList<Signal.Hint>();
        var ended = new ArrayList<Signal.Ended>();
        var close = new ArrayList<Signal.Close>();
        var held = new LinkedHashMap<UUID, Streams>();
        boolean alive = false;
        boolean announced = false;
        for (Signal signal : signals) {
            switch (signal) {
                case Signal.WakeUp wakeUp -> {
                    Frame frame = wakeUp.frame();
                    if (frame != null && frame.bytes().length <= mostBytes / 3) { // escaped, it may get twice as long
                        events.add(new Event(
                                wakeUp.userId(),
                                wakeUp.seq(),
                                new String(frame.bytes(), StandardCharsets.UTF_8),
                                frame.trace()));
                    } else {
                        wake.merge(wakeUp.userId(), wakeUp.seq(), Math::max);
                    }
                }
                case Signal.Hint hint -> hints.add(hint);
                case Signal.Ended end ->
                    end.sessionIds().forEach(id -> ended.add(new Signal.Ended(Set.of(id), end.reason())));
                case Signal.Close some -> close.add(some);
                case Signal.Held some -> held.put(some.userId(), new Streams(some.userId(), some.streams()));
                case Signal.Alive some -> alive = true;
                case Signal.Announced some -> announced = true;
                case Signal.Missed missed -> {
                    // of this node alone
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::seq)); // two commits may have told of themselves crosswise
        message.add("events", events);
        message.add(
                "wake",
                wake.entrySet().stream()
                        .map(entry -> new Position(entry.getKey(), entry.getValue()))
                        .toList());
        message.add("hints", hints);
        message.add("ended", ended);
        message.add("close", close);
        message.add("streams", held.values());
        message.add("alive", alive ? List.of(true) : List.of());
        message.add("announced", announced ? List.of(true) : List.of());
        return message.texts;
    }

    /** Texts with the items under this name, as many in each as there is room for. */
    private void add(String kind, Collection<?> items) {
        String head = "{\"v\":" + VERSION + ",\"node\":" + Json.write(node) + ",\"" + kind + "\":[";
        int headBytes = bytes(head) + 2;
        var text = new StringBuilder(head);
        int size = headBytes;
        for (Object item : items) {
            String json = Json.write(item);
            int more = bytes(json) + 1;
            if (headBytes + more > mostBytes) {
                continue;
            }
            if (size + more > mostBytes) {
                texts.add(text.append("]}").toString());
                text = new StringBuilder(head);
                size = headBytes;
            }
            if (size > headBytes) {
                text.append(',');
            }
            text.append(json);
            size += more;
        }
        if (size > headBytes) {
            texts.add(text.append("]}").toString());
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * The signals of a message; none if this node sent it itself, or if it is of another version.
     *
     * @throws RuntimeException if it is no message of any version
     */
    static List<Signal> decode(String text, String ownNode) {
        JsonNode message = Json.tree(text);
        String node = message.required("node").asText();
        var signals = new ArrayList<Signal>();
        if (node.equals(ownNode) || message.path("v").asInt(0) != VERSION) {
            return signals;
        }
        for (JsonNode event : message.path("events")) {
            long seq = event.required("seq").longValue();
            byte[] frame = event.required("frame").textValue().getBytes(StandardCharsets.UTF_8);
            signals.add(new Signal.WakeUp(id(event, "user"), seq, new Frame(seq, frame, trace(event.path("trace")))));
        }
        for (JsonNode position : message.path("wake")) {
            signals.add(new Signal.WakeUp(
                    id(position, "user"), position.required("seq").longValue(), null));
        }
        for (JsonNode hint : message.path("hints")) {
            signals.add(new Signal.Hint(
                    id(hint, "userId"),
                    hint.required("name").textValue(),
                    hint.required("data").textValue()));
        }
        Map<String, List<UUID>> ended = new HashMap<>();
        for (JsonNode end : message.path("ended")) {
            for (JsonNode session : end.required("sessionIds")) {
                ended.computeIfAbsent(end.required("reason").textValue(), reason -> new ArrayList<>())
                        .add(UUID.fromString(session.textValue()));
            }
        }
        for (JsonNode close : message.path("close")) {
            signals.add(new Signal.Close(optional(close, "userId"), optional(close, "streamId")));
        }
        for (JsonNode streams : message.path("streams")) {
            var ids = new ArrayList<UUID>();
            streams.required("ids").forEach(id -> ids.add(UUID.fromString(id.textValue())));
            signals.add(new Signal.Held(id(streams, "user"), node, List.copyOf(ids)));
        }
        if (!message.path("alive").isEmpty()) {
            signals.add(new Signal.Alive(node));
        }
        if (!message.path("announced").isEmpty()) {
            signals.add(new Signal.Announced());
        }
        ended.forEach((reason, sessions) -> signals.add(new Signal.Ended(Set.copyOf(sessions), reason)));
        return signals;
    }

    private static Frame.@Nullable Trace trace(JsonNode trace) {
        return trace.isObject()
                ? new Frame.Trace(
                        trace.required("event").textValue(),
                        trace.required("traceparent").textValue())
                : null;
    }

    private static @Nullable UUID optional(JsonNode item, String field) {
        return item.path(field).isTextual() ? id(item, field) : null;
    }

    private static UUID id(JsonNode item, String field) {
        return UUID.fromString(item.required(field).textValue());
    }
}
