package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Judges values by the JSON Schemas of a description: all keywords that these use, and none else. */
record Schema(JsonNode document) {
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "format",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "anyOf",
            "allOf",
            "maxLength",
            "minimum",
            "description",
            "$ref");

    /** What is wrong with a value, each with its place; empty if it fits. */
    List<String> wrong(JsonNode value, JsonNode schema) {
        var wrong = new ArrayList<String>();
        judge(value, schema, "", wrong);
        return wrong;
    }

    private boolean fits(JsonNode value, JsonNode schema) {
        return wrong(value, schema).isEmpty();
    }

    private void judge(JsonNode value, JsonNode schema, String place, List<String> wrong) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword)) {
                throw new AssertionError("a schema has the keyword " + keyword + ", which is not judged here");
            }
        });
        if (schema.has("$ref")) {
            judge(value, document.at(schema.get("$ref").asText().substring(1)), place, wrong);
            return;
        }
        check(
                !schema.has("type") || isOfType(value, schema.get("type")),
                place + " is no " + schema.get("type"),
                wrong);
        check(
                !schema.has("const") || schema.get("const").equals(value),
                place + " is not " + schema.get("const"),
                wrong);
        check(
                !schema.has("enum") || contains(schema.get("enum"), value),
                place + " is not one of " + schema.get("enum") + ": " + value,
                wrong);
        check(
                !schema.has("anyOf") || schema.get("anyOf").valueStream().anyMatch(one -> fits(value, one)),
                place + " fits none of " + schema.get("anyOf"),
                wrong);
        schema.path("allOf").forEach(one -> judge(value, one, place, wrong));
        if (value.isTextual()) {
            text(value.asText(), schema, place, wrong);
        }
        if (value.isNumber() && schema.has("minimum")) {
            check(value.decimalValue().compareTo(schema.get("minimum").decimalValue()) >= 0, place + " is less", wrong);
        }
        if (value.isObject()) {
            object(value, schema, place, wrong);
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                judge(value.get(i), schema.get("items"), place + "/" + i, wrong);
            }
        }
    }

    private void object(JsonNode value, JsonNode schema, String place, List<String> wrong) {
        schema.path("required")
                .forEach(name -> check(value.has(name.asText()), place + " lacks " + name.asText(), wrong));
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(property -> {
            String where = place + "/" + property.getKey();
            JsonNode known = schema.path("properties").path(property.getKey());
            if (!known.isMissingNode()) {
                judge(property.getValue(), known, where, wrong);
            } else if (others.isObject()) {
                judge(property.getValue(), others, where, wrong);
            } else {
                check(!others.isBoolean() || others.asBoolean(), where + " is not described", wrong);
            }
        });
    }

    private static void text(String value, JsonNode schema, String place, List<String> wrong) {
        check(
                !schema.has("maxLength")
                        || value.codePointCount(0, value.length())
                                <= schema.get("maxLength").asInt(),
                place + " is too long",
                wrong);
        check(isOfFormat(value, schema.path("format").asText()), place + " is no " + schema.path("format"), wrong);
    }

    private static boolean isOfFormat(String value, String format) {
        try {
            switch (format) {
                case "uuid" -> UUID.fromString(value);
                case "date-time" -> Instant.parse(value);
                case "date" -> LocalDate.parse(value);
                default -> {
                    return true;
                }
            }
            return true;
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return false;
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private static boolean isOfType(JsonNode value, JsonNode type) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> isOfType(value, one));
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("no type: " + type);
        };
    }

    private static void check(boolean right, String otherwise, List<String> wrong) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
