package com.fleetman.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The one way JSON is read and written, the same on every container. Reading is strict: unknown fields, coerced types,
 * doubled keys, trailing text, NUL characters and broken surrogate pairs are refused, so nothing is ever stored other
 * than it was sent. Instants are UTC with milliseconds, as JavaScript writes them.
 */
public final class Json {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int DEEPEST = 32;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(module())
            .build();

    private Json() {}

    /** The value as one line of JSON. As text and not as bytes: only so are characters beyond the basic plane whole. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    /** Reads JSON that this application wrote. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not the JSON of a " + type.getSimpleName(), e);
        }
    }

    /** Reads JSON that this application wrote, as a tree. */
    public static JsonNode tree(String json) {
        return read(json, JsonNode.class);
    }

    /** The instant as it stands in every answer and event, {@code 2026-01-10T12:00:00.000Z}. */
    public static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    private static SimpleModule module() {
        return new SimpleModule("fleetman")
                .addDeserializer(String.class, new StrictText())
                .addDeserializer(JsonNode.class, new StrictTree())
                .addSerializer(Instant.class, new InstantText());
    }

    /** A problem with a JSON document, reported by the reader with the path of the field. */
    static final class Refused extends JsonProcessingException {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static void refuseBrokenText(String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw new Refused("nul_character", "text must not contain NUL characters");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Refused("invalid_unicode", "text must not contain broken surrogate pairs");
            }
        }
    }

    /** Takes a JSON string and nothing else: a number is not quietly made a text. */
    private static final class StrictText extends StdDeserializer<String> {
        private static final long serialVersionUID = 1L;

        StrictText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            String text = parser.getText();
            refuseBrokenText(text);
            return text;
        }
    }

    /** Any JSON value, with the same care for its texts and keys. */
    private static final class StrictTree extends StdDeserializer<JsonNode> {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper PLAIN = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();

        StrictTree() {
            super(JsonNode.class);
        }

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode tree = PLAIN.readTree(parser);
            check(tree);
            return tree;
        }

        private static void check(JsonNode node) throws Refused {
            if (node.isTextual()) {
                refuseBrokenText(node.textValue());
            }
            for (var property : node.properties()) {
                refuseBrokenText(property.getKey());
                check(property.getValue());
            }
            if (node.isArray()) {
                for (JsonNode item : node) {
                    check(item);
                }
            }
        }
    }

    private static final class InstantText extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantText() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(instant(value));
        }
    }
}
