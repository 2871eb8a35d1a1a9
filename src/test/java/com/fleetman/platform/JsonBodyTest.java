package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static final int LIMIT = 1_024;

    record Order(
            @Nullable String text,
            @Nullable Integer count,
            @Nullable List<Part> parts,
            @Nullable JsonNode extra) {}

    record Part(@Nullable String name) {}

    private final JsonBody body = new JsonBody();

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here to inject it
    JsonBodyTest() {
        body.settings = SampleSettings.with(Map.of("FLEETMAN_BODY_LIMIT_BYTES", String.valueOf(LIMIT)));
    }

    @Test
    void readsWhatIsRight() throws IOException {
        Order order = (Order) read(
                "{\"text\":\"Ñ \uD83D\uDE9C\",\"count\":3,\"parts\":[{\"name\":\"x\"}],\"extra\":{\"a\":[1,null]}}");

        assertThat(order.text()).isEqualTo("Ñ \uD83D\uDE9C");
        assertThat(order.count()).isEqualTo(3);
        assertThat(order.parts()).containsExactly(new Part("x"));
        assertThat(String.valueOf(order.extra())).isEqualTo("{\"a\":[1,null]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"text":"x"              | malformed_json  |
        {"text":"x"} true        | malformed_json  |
        {"text":"a","text":"b"}  | malformed_json  |
        [1]                      | wrong_type      |
        "text"                   | wrong_type      |
        null                     | body_required   |
        {"text":1}               | wrong_type      | text
        {"text":true}            | wrong_type      | text
        {"text":{}}              | wrong_type      | text
        {"count":"3"}            | wrong_type      | count
        {"count":3.5}            | wrong_type      | count
        {"count":99999999999}    | wrong_type      | count
        {"parts":{"name":"x"}}   | wrong_type      | parts
        {"other":1}              | unknown_field   | other
        {"parts":[{"nam":"x"}]}  | unknown_field   | parts.0.nam
        {"text":"\\u0000"}       | nul_character   | text
        {"text":"\\ud83d"}       | invalid_unicode | text
        {"text":"\\ude9c x"}     | invalid_unicode | text
        {"extra":["\\u0000"]}    | nul_character   | extra
        {"extra":{"\\u0000":1}}  | nul_character   | extra
        {"extra":{"a":"\\udc00"}}| invalid_unicode | extra
        """)
    void refusesWhatIsWrongAndNamesTheField(String json, String code, @Nullable String field) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(json));

        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.body().errors())
                .extracting(Problem.FieldError::field)
                .isEqualTo(field == null ? List.of() : List.of(field));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"text\":\"Ñandú\"}".getBytes(StandardCharsets.ISO_8859_1);

        Problem problem =
                catchThrowableOfType(Problem.class, () -> read(new ByteArrayInputStream(latin1), Order.class));

        assertThat(problem.code()).isEqualTo("malformed_json");
    }

    @Test
    void refusesDepthThatCouldExhaustTheStack() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> read("{\"extra\":" + "[".repeat(200) + "]".repeat(200) + "}"));

        assertThat(problem.code()).isEqualTo("json_too_deep");
    }

    @Test
    void refusesMoreBytesThanAllowedWithoutReadingOn() {
        var endless = new InputStream() {
            private int taken;

            @Override
            public int read() {
                taken++;
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                taken += length;
                Arrays.fill(target, offset, offset + length, (byte) ' ');
                return length;
            }
        };

        Problem problem = catchThrowableOfType(Problem.class, () -> read(endless, Order.class));

        assertThat(problem.status()).isEqualTo(413);
        assertThat(endless.taken).isLessThan(LIMIT * 20);
    }

    @Test
    void anEmptyBodyIsFineOnlyWhereItMayBeAbsent() throws IOException {
        assertThat(catchThrowableOfType(Problem.class, () -> read("")).code()).isEqualTo("body_required");
        assertThat(body.optional(InputStream.nullInputStream(), Part.class)).isEmpty();
        assertThat(body.optional(stream("{\"name\":\"x\"}"), Part.class)).contains(new Part("x"));
    }

    @Test
    void takesOnlyJson() {
        assertThat(body.isReadable(Part.class, Part.class, new Annotation[0], MediaType.APPLICATION_JSON_TYPE))
                .isTrue();
        assertThat(body.isReadable(Part.class, Part.class, new Annotation[0], MediaType.TEXT_PLAIN_TYPE))
                .isFalse();
        assertThat(body.isReadable(
                        InputStream.class, InputStream.class, new Annotation[0], MediaType.APPLICATION_JSON_TYPE))
                .isFalse();
        assertThat(body.isWriteable(
                        Part.class, Part.class, new Annotation[0], MediaType.valueOf("application/problem+json")))
                .isTrue();
    }

    private Object read(String json) throws IOException {
        return read(stream(json), Order.class);
    }

    private Object read(InputStream in, Class<?> type) throws IOException {
        return body.readFrom(
                Object.class, type, new Annotation[0], MediaType.APPLICATION_JSON_TYPE, new MultivaluedHashMap<>(), in);
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
