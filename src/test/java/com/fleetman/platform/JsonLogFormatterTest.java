package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonLog.Lines lines = new JsonLog.Lines(out, "node-7");

    @AfterEach
    void endOfRequest() {
        LogContext.end();
    }

    private JsonNode logged(Level level, String message, @Nullable Throwable thrown) {
        out.reset();
        var record = new LogRecord(level, message);
        record.setLoggerName("com.fleetman.Some");
        record.setInstant(Instant.parse("2026-11-24T01:02:03.456789Z"));
        record.setThrown(thrown);
        lines.publish(record);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        return Json.tree(text);
    }

    @Test
    void isOneObjectInOneLine() {
        assertThat(logged(Level.WARNING, "two\nlines \"quoted\" and \u00f1", null))
                .isEqualTo(Json.tree("""
                        {"ts":"2026-11-24T01:02:03.456Z","level":"warn","logger":"com.fleetman.Some","node":"node-7",
                         "message":"two\\nlines \\"quoted\\" and \u00f1"}"""));
    }

    @Test
    void hasTheRequestsIdsAsFields() {
        LogContext.begin("req-1", null);
        LogContext.user("u-1");

        JsonNode line = logged(Level.INFO, "hello", null);

        assertThat(line.path("requestId").asText()).isEqualTo("req-1");
        assertThat(line.path("userId").asText()).isEqualTo("u-1");

        LogContext.end();
        assertThat(logged(Level.INFO, "hello", null).has("requestId")).isFalse();
    }

    @Test
    void hasTheTraceOfTheRequestIfThereIsOne() {
        LogContext.begin("req-1", new Tracing.Request() {
            @Override
            public String traceId() {
                return "0af7651916cd43dd8448eb211c80319c";
            }

            @Override
            public String spanId() {
                return "b7ad6b7169203331";
            }

            @Override
            public void answered(@Nullable String route, int status, String userId) {
                throw new AssertionError("who logs does not answer");
            }
        });

        JsonNode line = logged(Level.INFO, "hello", null);

        assertThat(line.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.path("spanId").asText()).isEqualTo("b7ad6b7169203331");
        LogContext.begin("req-2", null);
        assertThat(logged(Level.INFO, "hello", null).has("traceId")).isFalse();
    }

    @Test
    void hasTheIdsThatTheMessageNamesAsFields() {
        UUID user = Ids.next();
        UUID session = Ids.next();
        UUID stream = Ids.next();

        JsonNode line =
                logged(Level.INFO, "stream closed user=" + user + " session=" + session + " stream=" + stream, null);

        assertThat(line.path("userId").asText()).isEqualTo(user.toString());
        assertThat(line.path("sessionId").asText()).isEqualTo(session.toString());
        assertThat(line.path("streamId").asText()).isEqualTo(stream.toString());
    }

    @Test
    void keepsTokensToItself() {
        JsonNode line = logged(
                Level.SEVERE,
                "got Bearer abc.def.ghi",
                new IllegalStateException("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl refused"));

        assertThat(line.toString())
                .doesNotContain("abc.def", "eyJhbGci", "c2lnbmF0dXJl")
                .contains("[withheld] refused");
        assertThat(line.path("error").path("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("error").path("stack").asText()).contains("JsonLogFormatterTest");
    }

    @Test
    void namesTheUsualLevels() {
        assertThat(logged(Level.SEVERE, "", null).path("level").asText()).isEqualTo("error");
        assertThat(logged(Level.INFO, "", null).path("level").asText()).isEqualTo("info");
        assertThat(logged(Level.FINE, "", null).path("level").asText()).isEqualTo("debug");
    }
}
