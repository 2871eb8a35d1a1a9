package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fleetman.description.Described.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Requests that nobody should send, made from those that one may send. */
record Garbage(RandomGenerator random) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_IN_URI = 150;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "null",
            "true",
            "' or 1=1 --",
            "%",
            "_",
            "\\",
            "../../etc/passwd",
            "<script>",
            "ñandú",
            "\uD83D\uDE9C",
            "\u202E\u200B",
            "a".repeat(5_000),
            "{}",
            "[]",
            "1e999",
            "9999999999999999999",
            "2026-02-30",
            "NaN",
            "\n\r\t",
            "${jndi:ldap://x}",
            "00000000-0000-0000-0000-00000000000g");
    private static final List<String> BROKEN = List.of(
            "{",
            "[",
            "{\"a\":}",
            "nul",
            "\"",
            "{\"a\":1}{",
            "\u0000",
            "<xml/>",
            "{\"a\":\"\\ud800\"}",
            "[1,]",
            "'x'",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":\"\\u0000\"}");

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** An id that nobody has, or none at all, in the way it stands in a path. */
    String id() {
        return random.nextBoolean() ? UUID.randomUUID().toString() : encoded(any(TEXTS) + "x");
    }

    /** A query of parameters that exist, with any values, and sometimes of others. */
    String query(Operation operation) {
        var parts = new ArrayList<String>();
        for (String name : operation.parameters("query")) {
            if (random.nextInt(3) == 0) {
                parts.add(name + "=" + encoded(any(TEXTS)));
            }
        }
        if (random.nextInt(5) == 0) {
            parts.add("no" + random.nextInt(9) + "=" + encoded(any(TEXTS)));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        // Slashes and dots would make another path of it, and what is longer than a server takes never reaches us.
        return URLEncoder.encode(text.substring(0, Math.min(text.length(), LONGEST_IN_URI)), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E")
                .replace("%2F", "-")
                .replace("%5C", "-")
                .replace("%00", "-");
    }

    /** A body that must be refused, whoever sends it. */
    String body(JsonNode example) {
        return switch (random.nextInt(4)) {
            case 0 -> any(BROKEN);
            case 1 -> value().toString();
            default -> {
                JsonNode changed = example.deepCopy();
                if (changed instanceof ObjectNode object) {
                    spoil(object);
                }
                yield changed.toString();
            }
        };
    }

    /** A field that does not exist makes sure of the refusal; another is wrong as well. */
    private void spoil(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (!names.isEmpty()) {
            String name = any(names);
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value());
            }
        }
        object.set("nothing" + random.nextInt(9), value());
    }

    /** Any JSON but an object that could be right. */
    private JsonNode value() {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.numberNode(random.nextLong());
            case 1 -> JSON.numberNode(random.nextDouble() * 1e300);
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.nullNode();
            case 4 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(any(TEXTS));
                }
                yield array;
            }
            case 5 -> JSON.objectNode().put("unexpected", any(TEXTS));
            default -> JSON.textNode(any(TEXTS));
        };
    }

    /** A header or two that do not fit, names and values by turns. */
    List<String> headers(@Nullable String body) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of("Accept", "text/html");
            case 1 -> List.of("If-Match", "nonsense");
            case 2 -> List.of("Idempotency-Key", "k".repeat(random.nextInt(600) + 1));
            case 3 -> body == null ? List.of() : List.of("Content-Type", "text/plain");
            case 4 -> List.of("Accept-Language", "x".repeat(100));
            default -> List.of();
        };
    }
}
