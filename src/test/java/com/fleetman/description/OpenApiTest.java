package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.description.Described.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The description of the REST calls is well-formed, whole, and says nothing that the other documents do not know. */
class OpenApiTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String PROBLEM = "/content/application~1problem+json";

    private final Described api = Described.openApi();
    private final List<Operation> operations = api.operations();

    @Test
    void everyCallOfTheResourcesIsThere() {
        assertThat(operations)
                .extracting(Operation::toString)
                .contains(
                        "POST /auth/login",
                        "GET /notifications/stream",
                        "HEAD /notifications/stream",
                        "PATCH /machines/{id}",
                        "PUT /machines/{id}/quick-checks/template",
                        "POST /admin/users/{id}/deactivate");
        assertThat(operations.size()).isGreaterThan(40);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(api.references())
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(api.at(reference).isObject()).as(reference).isTrue());
    }

    @Test
    void everyCallSaysWhatItIs() {
        assertThat(operations).extracting(Operation::id).doesNotHaveDuplicates();
        var soft = new SoftAssertions();
        for (Operation operation : operations) {
            soft.assertThat(operation.id()).as("%s", operation).matches("[a-z]\\w+");
            soft.assertThat(operation.said().path("summary").asText())
                    .as("%s", operation)
                    .isNotBlank();
            soft.assertThat(operation.said().path("tags")).as("%s", operation).hasSize(1);
            soft.assertThat(operation.parameters("path"))
                    .as("%s", operation)
                    .containsExactlyInAnyOrderElementsOf(PARAMETER
                            .matcher(operation.path())
                            .results()
                            .map(found -> found.group(1))
                            .toList());
            soft.assertThat(operation.said().path("responses").fieldNames())
                    .toIterable()
                    .as("%s", operation)
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("500", "429");
        }
        soft.assertAll();
    }

    @Test
    void whatNeedsASessionSaysSo() {
        assertThat(operations).allSatisfy(operation -> {
            boolean mayBeAnonymous = operation.isOpen();
            assertThat(operation.response(401).toString().contains("\"unauthenticated\""))
                    .isEqualTo(!mayBeAnonymous || operation.id().equals("authRefresh"));
            assertThat(operation.role().isPresent())
                    .as("%s", operation)
                    .isEqualTo(operation.path().startsWith("/admin/"));
        });
    }

    @Test
    void everyExampleFitsItsSchema() {
        var soft = new SoftAssertions();
        for (Operation operation : operations) {
            operation
                    .example()
                    .ifPresent(example -> soft.assertThat(api.schema().wrong(example, operation.bodySchema()))
                            .as("%s: %s", operation, example)
                            .isEmpty());
            operation
                    .said()
                    .get("responses")
                    .properties()
                    .forEach(response -> response.getValue().path("content").forEach(content -> {
                        if (content.has("example")) {
                            soft.assertThat(api.schema().wrong(content.get("example"), content.get("schema")))
                                    .as("%s %s", operation, response.getKey())
                                    .isEmpty();
                        }
                    }));
        }
        soft.assertAll();
    }

    @Test
    void everyAnswerHasASchema() {
        assertThat(operations).allSatisfy(operation -> {
            for (String status : List.of("200", "201")) {
                JsonNode schema = operation.said().at("/responses/" + status + "/content/application~1json/schema");
                if (!schema.isMissingNode()) {
                    assertThat(schema.path("properties").has("data"))
                            .as("%s", operation)
                            .isTrue();
                }
            }
        });
    }

    /** One table of codes for people, and one for machines: each code of the one is in the other. */
    @Test
    void everyCodeIsInTheDocumentation() throws IOException {
        String table = documented();
        var codes = new TreeSet<String>();
        operations.forEach(operation -> operation.said().get("responses").properties().stream()
                .filter(response -> response.getKey().compareTo("400") >= 0)
                .map(response -> response.getValue().at(PROBLEM + "/schema/allOf/1/properties/code/enum"))
                .forEach(known -> known.forEach(code -> codes.add(code.asText()))));

        assertThat(codes)
                .hasSizeGreaterThan(50)
                .allSatisfy(code -> assertThat(table).contains("`" + code + "`"));
    }

    /** The codes section, and the pages of the features, where these tell their own. */
    private static String documented() throws IOException {
        var text = new StringBuilder();
        try (var pages = Files.list(Path.of("docs"))) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                text.append(Files.readString(page));
            }
        }
        return text.toString();
    }

    @Test
    void whatTheCodeAsksOfFieldsIsInTheSchemas() {
        JsonNode schemas = api.document().at("/components/schemas");
        JsonNode registration = schemas.get("AuthRegisterRequest");

        assertThat(registration.get("required"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("email", "password", "type", "companyName");
        assertThat(registration.at("/properties/type/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("CLIENT", "PROVIDER");
        assertThat(registration.get("additionalProperties").asBoolean()).isFalse();
        assertThat(schemas.at("/MessageSendRequest/properties/recipientId/format")
                        .asText())
                .isEqualTo("uuid");
        assertThat(schemas.at("/MaintenanceAlarmCreateRequest/required"))
                .extracting(JsonNode::asText)
                .contains("title");
        assertThat(schemas.path("MaintenanceAlarmChangeRequest").has("required"))
                .isFalse();
        assertThat(schemas.at("/MachineView/required"))
                .extracting(JsonNode::asText)
                .contains("id", "nickname")
                .doesNotContain("version");
        assertThat(schemas.at("/QuickCheckView/properties/result/enum"))
                .extracting(JsonNode::asText)
                .contains("notInitiated");
    }

    @Test
    void whatHasAnotherValueWhereItIsAbsentIsNotRequired() {
        JsonNode order = api.at("#/components/schemas/NotificationAdminSendRequest");

        assertThat(order.path("required"))
                .extracting(JsonNode::asText)
                .contains("type", "title", "message")
                .doesNotContain("actionUrl", "source");
    }
}
