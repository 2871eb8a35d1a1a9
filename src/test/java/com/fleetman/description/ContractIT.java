package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fleetman.description.Described.Operation;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server does what the description says: each example is sent, and the answer is one that was promised. */
@InContainer
@Tag("once")
class ContractIT {
    private static final Described API = Described.openApi();
    private static final Described EVENTS = Described.asyncApi();

    private final Fixture fixture = new Fixture();

    /** What ends sessions, or takes away what others need, comes last. */
    private static int rank(Operation operation) {
        if (operation.path().endsWith("/password") || operation.path().startsWith("/auth/")) {
            return 3;
        }
        return operation.isSafe() ? 0 : operation.method().equals("DELETE") ? 2 : 1;
    }

    private Account.Answer replay(Operation operation) {
        String path = fixture.path(operation);
        String body = fixture.body(operation);
        String[] headers = Fixture.headers(operation);
        return operation.isOpen()
                ? Account.exchange(Node.first(), operation.method(), path, body, headers)
                : fixture.caller(operation).send(operation.method(), path, body, headers);
    }

    @Test
    void everyExampleIsAnsweredAsDescribed() throws IOException {
        Set<String> released = CompatibilityTest.released().operations().stream()
                .map(Operation::toString)
                .collect(Collectors.toSet());
        // There is no such account and no such stream, and what is refused is described too.
        released.remove("POST /auth/login");
        released.remove("DELETE /admin/streams/{id}");
        var soft = new SoftAssertions();
        var answered = new ArrayList<Operation>();
        API.operations().stream()
                .filter(operation -> !operation.isStream() && !operation.path().endsWith("/stream"))
                .sorted(Comparator.comparingInt(ContractIT::rank))
                .forEach(operation -> {
                    Account.Answer answer = replay(operation);
                    answered.add(operation);
                    soft.assertThat(wrong(operation, answer))
                            .as("%s answered %s %s", operation, answer.status(), answer.json())
                            .isEmpty();
                    if (released.contains(operation.toString())) {
                        soft.assertThat(answer.status())
                                .as("%s answered %s", operation, answer.json())
                                .isLessThan(300);
                    }
                });
        soft.assertAll();
        assertThat(answered).hasSizeGreaterThan(40);
    }

    private static List<String> wrong(Operation operation, Account.Answer answer) {
        JsonNode response = operation.response(answer.status());
        String type =
                answer.http().headers().firstValue("Content-Type").orElse("").replaceFirst(";.*$", "");
        if (response.isMissingNode()) {
            return List.of("the status is not described");
        }
        JsonNode schema = response.path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            return answer.http().body().isEmpty() ? List.of() : List.of("the type " + type + " is not described");
        }
        // Many JSON texts, one a line, are a text to the description.
        JsonNode value =
                type.endsWith("ndjson") ? TextNode.valueOf(answer.http().body()) : answer.json();
        List<String> wrong = API.schema().wrong(value, schema);
        wrong.addAll(undescribed(answer.json().path("data"), schema.at("/properties/data")));
        return wrong;
    }

    /** Fields that the server sends and the description does not know. */
    private static List<String> undescribed(JsonNode value, JsonNode schema) {
        JsonNode known = schema.has("$ref") ? API.at(schema.get("$ref").asText()) : schema;
        var names = new ArrayList<String>();
        if (value.isObject() && known.has("properties")) {
            value.properties().forEach(property -> {
                JsonNode there = known.get("properties").path(property.getKey());
                if (there.isMissingNode()) {
                    names.add(property.getKey() + " is not described");
                } else {
                    names.addAll(undescribed(property.getValue(), there));
                }
            });
        } else if (value.isArray() && known.has("items")) {
            value.forEach(item -> names.addAll(undescribed(item, known.get("items"))));
        }
        return names;
    }

    @Test
    void everyEventIsAsDescribed() {
        var seen = new HashSet<String>();
        try (EventStream stream = EventStream.open(fixture.owner)) {
            stream.awaitConnected();
            fixture.provider.write(fixture.owner, "for the stream");
            fixture.owner.post("notifications/read-all", null).data();
            fixture.owner.delete("users/me/contacts/" + fixture.provider.id()).data();
            fixture.owner
                    .post("messages/conversations/" + fixture.provider.id() + "/read", null)
                    .data();
            stream.awaitNamed("contact");
            stream.awaitNamed("notification-state");
            stream.awaitNamed("chat-read");
            var soft = new SoftAssertions();
            stream.events().forEach(event -> {
                String name = event.name().equals("message") ? "" : event.name();
                seen.add(name);
                soft.assertThat(EVENTS.document().at("/components/messages").valueStream())
                        .as("%s: %s", event.name(), event.text())
                        .anyMatch(message -> message.get("x-sse-event").asText().equals(name)
                                && EVENTS.schema()
                                        .wrong(event.data(), message.get("payload"))
                                        .isEmpty());
            });
            soft.assertAll();
        }
        assertThat(seen).contains("", "chat-message", "contact", "notification-state", "chat-read");
    }

    @Test
    void theDescriptionsAndThePageAreServed() {
        for (String name : List.of("openapi.json", "asyncapi.json")) {
            var answer = Account.exchange(Node.first(), "GET", name, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.http().headers().firstValue("Content-Type")).hasValue("application/json");
            // As texts: the test reads numbers as another type than the server would.
            assertThat(answer.json())
                    .hasToString(
                            (name.startsWith("open") ? API : EVENTS).document().toString());
        }
        var page = Account.exchange(Node.first(), "GET", "/api/docs/", null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.http().headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.http().body()).contains("start.js").doesNotContain("<script>", " style=", " onload=");
        for (String name : List.of("start.js", "page.css", "swagger-ui-bundle.js", "swagger-ui.css")) {
            var file = Account.exchange(Node.first(), "GET", "/api/docs/" + name, null);
            assertThat(file.status()).as(name).isEqualTo(200);
        }
        assertThat(Account.exchange(Node.first(), "GET", "/api/docs/../v1/none", null)
                        .status())
                .isEqualTo(404);
        assertThat(Account.exchange(Node.first(), "GET", "/api/docs/DescribeApi.class", null)
                        .problem())
                .isEqualTo("404 not_found");
    }
}
