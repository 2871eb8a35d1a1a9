package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Thing(@Nullable String name, @Nullable Instant at) {}

    @Test
    void writesInstantsAsJavaScriptDoes() {
        assertThat(Json.instant(Instant.parse("2026-01-10T12:00:00Z"))).isEqualTo("2026-01-10T12:00:00.000Z");
        assertThat(Json.write(new Thing(null, Instant.parse("2026-01-10T12:00:00.123987Z"))))
                .isEqualTo("{\"name\":null,\"at\":\"2026-01-10T12:00:00.123Z\"}");
    }

    @Test
    void writesOneLineWhateverIsInside() {
        String json = Json.write(new Thing("a\nb\r\u2028c", null));

        assertThat(json).doesNotContain("\n", "\r");
        assertThat(Json.read(json, Thing.class).name()).isEqualTo("a\nb\r\u2028c");
    }

    @Test
    void readsBackAnyUnicode() {
        String text = "Ñandú \uD83D\uDE9C e\u0301 \u200F";

        assertThat(Json.read(Json.write(new Thing(text, null)), Thing.class).name())
                .isEqualTo(text);
    }

    @Test
    void complainsUncheckedAboutWhatItCannotRead() {
        assertThatThrownBy(() -> Json.read("{", Thing.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Thing");
    }

    @Test
    void answersTreesWithDecimalsAsTheyWereWritten() {
        assertThat(Json.tree("{\"a\":0.10}").get("a").decimalValue()).hasToString("0.10");
    }
}
