package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Clients of the last release go on working: the description may only grow. */
class CompatibilityTest {
    static final Path RELEASED = Path.of("src/test/api/openapi-released.json");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEND = "/components/schemas/MessageSendRequest";

    static Described released() throws IOException {
        return new Described(JSON.readTree(RELEASED.toFile()));
    }

    /** A release copies target/classes/description/openapi.json there. */
    @Test
    void nothingOfTheLastReleaseIsBroken() throws IOException {
        assertThat(new Compatibility(released(), Described.openApi()).broken()).isEmpty();
    }

    private static void assertBreaks(Consumer<JsonNode> change, String expected) {
        Described before = Described.openApi();
        var after = new Described(before.document().deepCopy());
        change.accept(after.document());

        assertThat(new Compatibility(before, after).broken())
                .anySatisfy(one -> assertThat(one).contains(expected));
    }

    private static ObjectNode at(JsonNode document, String path) {
        return (ObjectNode) document.at(path);
    }

    @Test
    void everyKindOfBreachIsSeen() {
        assertBreaks(api -> at(api, "/paths").remove("/machines"), "GET /machines is gone");
        assertBreaks(api -> at(api, "/paths/~1machines~1{id}").remove("patch"), "PATCH /machines/{id} is gone");
        assertBreaks(
                api -> at(api, "/components/schemas/MachineView/properties").remove("brand"), ".brand is gone");
        assertBreaks(
                api -> at(api, "/components/schemas/MachineView/properties/brand")
                        .put("type", "integer"),
                ".brand may be [integer] now");
        assertBreaks(
                api -> ((ArrayNode) api.at("/components/schemas/MachineView/required")).remove(0), "may be absent now");
        assertBreaks(api -> at(api, SEND).putArray("required").add("more"), "body.more is required now");
        assertBreaks(api -> at(api, SEND + "/properties").remove("content"), "body.content is not taken any more");
        assertBreaks(api -> at(api, SEND + "/properties/content").put("maxLength", 3), "may not be as long any more");
        assertBreaks(
                api -> ((ArrayNode) api.at("/components/schemas/AuthRegisterRequest/properties/type/enum")).remove(0),
                "may not be one of [CLIENT] any more");
        assertBreaks(
                api -> at(api, "/paths/~1auth~1login/post").putArray("security").addObject(), "needs a session now");
        assertBreaks(api -> at(api, "/paths/~1machines/post/responses").remove("201"), "does not answer 201 any more");
    }

    @Test
    void whatIsOnlyAddedBreaksNothing() {
        Described before = Described.openApi();
        var after = new Described(before.document().deepCopy());
        at(after.document(), "/components/schemas/MachineView/properties")
                .putObject("more")
                .put("type", "string");
        at(after.document(), "/paths").putObject("/more").putObject("get");

        assertThat(new Compatibility(before, after).broken()).isEmpty();
    }
}
