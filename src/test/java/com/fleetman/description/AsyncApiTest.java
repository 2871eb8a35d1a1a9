package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.stream.UserEvent;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The description of the stream's events is well-formed and has all of them. */
class AsyncApiTest {
    private final Described api = Described.asyncApi();
    private final JsonNode messages = api.document().at("/components/messages");

    @Test
    void hasEveryEventOfTheLogAndTheStreamsOwn() {
        List<String> events = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("com.fleetman").stream()
                        .filter(type -> type.isAssignableTo(UserEvent.class) && !type.isInterface())
                        .map(JavaClass::getSimpleName)
                        .toList();

        assertThat(events).isNotEmpty();
        assertThat(messages.fieldNames())
                .toIterable()
                .containsAll(events)
                .contains("Connected", "Reset", "Expired", "Superseded", "Reconnect");
        assertThat(api.document().at("/channels/stream/messages")).hasSameSizeAs(messages);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(api.references())
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(api.at(reference).isObject()).as(reference).isTrue());
    }

    @Test
    void everyExampleFitsItsSchema() {
        assertThat(messages).isNotEmpty().allSatisfy(message -> {
            assertThat(message.path("summary").asText()).isNotBlank();
            assertThat(api.schema().wrong(message.at("/examples/0/payload"), message.get("payload")))
                    .as(message.get("title").asText())
                    .isEmpty();
        });
    }

    @Test
    void everyNameIsInTheDocumentation() throws IOException {
        String events = Files.readString(Path.of("docs/events.md"));

        assertThat(messages)
                .extracting(message -> message.get("x-sse-event").asText())
                .contains("", "notification-state", "chat-message", "contact", "reset")
                .allSatisfy(name -> assertThat(events).contains(name.isEmpty() ? "(default)" : "`" + name + "`"));
    }
}
