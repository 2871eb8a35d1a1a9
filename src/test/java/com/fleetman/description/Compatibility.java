package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.description.Described.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client of the released API would stumble over: nothing may go, become another, or be asked for anew. */
record Compatibility(Described released, Described now) {
    List<String> broken() {
        var broken = new ArrayList<String>();
        for (Operation was : released.operations()) {
            Optional<Operation> is = now.operations().stream()
                    .filter(one -> one.toString().equals(was.toString()))
                    .findFirst();
            if (is.isEmpty()) {
                broken.add(was + " is gone");
            } else {
                compare(was, is.get(), broken);
            }
        }
        return broken;
    }

    private void compare(Operation was, Operation is, List<String> broken) {
        if (was.isOpen() && !is.isOpen()) {
            broken.add(was + " needs a session now");
        }
        was.said().path("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2")) {
                if (!is.said().path("responses").has(status)) {
                    broken.add(was + " does not answer " + status + " any more");
                }
                String content = "/responses/" + status + "/content/application~1json/schema";
                answered(was.said().at(content), is.said().at(content), was + " " + status, new HashSet<>(), broken);
            }
        });
        sent(was.bodySchema(), is.bodySchema(), was + " body", broken);
        Set<String> known = parameters(was, false);
        parameters(is, true).stream()
                .filter(name -> !parameters(was, true).contains(name))
                .forEach(name -> broken.add(was + " requires the parameter " + name));
        known.removeAll(parameters(is, false));
        known.forEach(name -> broken.add(was + " has no parameter " + name + " any more"));
    }

    private static Set<String> parameters(Operation operation, boolean required) {
        return operation
                .said()
                .path("parameters")
                .valueStream()
                .filter(parameter -> !required || parameter.path("required").asBoolean())
                .map(parameter -> parameter.get("in").asText() + " "
                        + parameter.get("name").asText())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A client reads it: what was there must be there, and of the same type. */
    private void answered(JsonNode was, JsonNode is, String place, Set<String> seen, List<String> broken) {
        if (!seen.add(was.path("$ref").asText(place))) {
            return;
        }
        JsonNode before = resolved(released, was);
        JsonNode after = resolved(now, is);
        Set<String> types = types(after);
        types.removeAll(types(before));
        if (!types.isEmpty() && !types(before).isEmpty()) {
            broken.add(place + " may be " + types + " now");
        }
        before.path("properties").properties().forEach(property -> {
            String where = place + "." + property.getKey();
            JsonNode there = after.path("properties").path(property.getKey());
            if (there.isMissingNode()) {
                broken.add(where + " is gone");
            } else {
                answered(property.getValue(), there, where, seen, broken);
            }
        });
        names(before, "required").stream()
                .filter(name -> !names(after, "required").contains(name))
                .filter(name -> after.path("properties").has(name))
                .forEach(name -> broken.add(place + "." + name + " may be absent now"));
        if (before.has("items")) {
            answered(before.get("items"), after.path("items"), place + "[]", seen, broken);
        }
    }

    /** A client writes it: what was taken must be taken, and nothing more may be asked for. */
    private void sent(JsonNode was, JsonNode is, String place, List<String> broken) {
        JsonNode before = resolved(released, was);
        JsonNode after = resolved(now, is);
        Set<String> types = types(before);
        types.removeAll(types(after));
        if (!types.isEmpty() && !types(after).isEmpty()) {
            broken.add(place + " may not be " + types + " any more");
        }
        names(after, "required").stream()
                .filter(name -> !names(before, "required").contains(name))
                .forEach(name -> broken.add(place + "." + name + " is required now"));
        Set<String> values = names(before, "enum");
        values.removeAll(names(after, "enum"));
        if (after.has("enum") && !values.isEmpty()) {
            broken.add(place + " may not be one of " + values + " any more");
        }
        if (after.path("maxLength").asInt(Integer.MAX_VALUE)
                < before.path("maxLength").asInt(Integer.MAX_VALUE)) {
            broken.add(place + " may not be as long any more");
        }
        before.path("properties").properties().forEach(property -> {
            String where = place + "." + property.getKey();
            JsonNode there = after.path("properties").path(property.getKey());
            if (there.isMissingNode()) {
                broken.add(where + " is not taken any more");
            } else {
                sent(property.getValue(), there, where, broken);
            }
        });
        if (before.has("items")) {
            sent(before.get("items"), after.path("items"), place + "[]", broken);
        }
    }

    private static JsonNode resolved(Described api, JsonNode schema) {
        JsonNode node = schema.has("anyOf") ? schema.get("anyOf").get(0) : schema;
        return node.has("$ref") ? api.at(node.get("$ref").asText()) : node;
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? names(schema, "type")
                : new HashSet<>(type.isTextual() ? List.of(type.asText()) : List.of());
    }

    private static Set<String> names(JsonNode schema, String list) {
        return schema.path(list).valueStream().map(JsonNode::asText).collect(Collectors.toCollection(HashSet::new));
    }
}
