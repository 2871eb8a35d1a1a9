package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A description of the API as the build has made it. */
record Described(JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Described openApi() {
        return read("openapi.json");
    }

    static Described asyncApi() {
        return read("asyncapi.json");
    }

    private static Described read(String name) {
        try (InputStream in = Objects.requireNonNull(Described.class.getResourceAsStream("/description/" + name))) {
            return new Described(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One call of the API. */
    record Operation(String method, String path, JsonNode said) {
        String id() {
            return said.path("operationId").asText();
        }

        boolean isOpen() {
            return said.path("security").isEmpty();
        }

        boolean isStream() {
            return said.at("/responses/200/content").has("text/event-stream");
        }

        boolean isSafe() {
            return method.equals("GET") || method.equals("HEAD");
        }

        Optional<String> role() {
            return Optional.ofNullable(said.path("x-role").textValue());
        }

        List<String> parameters(String place) {
            return said.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.get("in").asText().equals(place))
                    .map(parameter -> parameter.get("name").asText())
                    .toList();
        }

        Optional<JsonNode> example() {
            return Optional.of(said.at("/requestBody/content/application~1json/example"))
                    .filter(example -> !example.isMissingNode());
        }

        JsonNode bodySchema() {
            return said.at("/requestBody/content/application~1json/schema");
        }

        JsonNode response(int status) {
            return said.path("responses").path(String.valueOf(status));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        var all = new ArrayList<Operation>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> all.add(
                                new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), one.getValue()))));
        return all;
    }

    /** The node that a reference in the document leads to, missing if there is none. */
    JsonNode at(String reference) {
        return document.at(reference.replaceFirst("^#", ""));
    }

    Schema schema() {
        return new Schema(document);
    }

    /** All references of the document. */
    List<String> references() {
        return nodes(document)
                .map(node -> node.path("$ref"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(Described::nodes));
    }
}
