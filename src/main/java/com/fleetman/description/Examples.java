package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Examples that follow from a schema: the same ones at every build, and with words that say something. */
final class Examples {
    static final String ID = "0198c3a2-7b1e-7c40-9a55-3f2d81e6b7c4";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("email", "ana@gruas-norte.example"),
            Map.entry("password", "correct horse battery"),
            Map.entry("currentPassword", "correct horse battery"),
            Map.entry("newPassword", "staple correct horse"),
            Map.entry("companyName", "Grúas Norte"),
            Map.entry("locale", "es"),
            Map.entry("content", "The crane on site 4 loses oil."),
            Map.entry("serialNumber", "LTM-0417"),
            Map.entry("brand", "Liebherr"),
            Map.entry("model", "LTM 1100"),
            Map.entry("nickname", "Blue crane"),
            Map.entry("timezone", "Europe/Madrid"),
            Map.entry("title", "notification.message.received"),
            Map.entry("message", "notification.message.received.description"),
            Map.entry("actionUrl", "/messages/conversations/" + ID),
            Map.entry("source", "MESSAGING"),
            Map.entry("type", "NEW_MESSAGE"),
            Map.entry("description", "Changed the oil filter"),
            Map.entry("state", "read"),
            Map.entry("date", "2026-11-24"),
            Map.entry("node", "node-1"),
            Map.entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            Map.entry("nextCursor", "bWVzc2FnZXMKNDI"));

    private final Map<String, ObjectNode> components;

    Examples(Map<String, ObjectNode> components) {
        this.components = components;
    }

    /** @param name of the field that it is for */
    JsonNode of(String name, JsonNode schema) {
        if (schema.has("$ref")) {
            String component = schema.get("$ref").asText().replaceFirst("^.*/", "");
            return of(component, components.getOrDefault(component, Schemas.object()));
        }
        for (String several : new String[] {"anyOf", "allOf"}) {
            if (schema.has(several)) {
                return of(name, schema.get(several).get(0));
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
            case "object" -> object(schema);
            case "array" -> array(name, schema);
            case "string" -> string(name, schema.path("format").asText());
            case "integer" ->
                Schemas.JSON.numberNode(Math.max(2, schema.path("minimum").asInt()));
            case "number" -> Schemas.JSON.numberNode(new java.math.BigDecimal("8.5"));
            case "boolean" -> Schemas.JSON.booleanNode(true);
            default -> Schemas.object();
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Schemas.object();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), of(property.getKey(), property.getValue())));
        return object;
    }

    private ArrayNode array(String name, JsonNode schema) {
        return Schemas.JSON.arrayNode().add(of(name.replaceFirst("s$", ""), schema.path("items")));
    }

    private static TextNode string(String name, String format) {
        return Schemas.JSON.textNode(
                switch (format) {
                    case "uuid" -> ID;
                    case "date-time" -> "2026-11-24T09:30:00.000Z";
                    case "date" -> "2026-11-24";
                    default -> WORDS.getOrDefault(name, "text");
                });
    }
}
