package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "4bf92f3577b34da6a3ce929d0e0e4736", "trace:1/2+3=_~.-"})
    void keepsWhatIsHarmless(String sent) {
        assertThat(RequestIds.choose(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "ñ", "a\nb", "<script>", "\"", "{"})
    void makesOneInPlaceOfAnythingElse(@Nullable String sent) {
        assertThat(RequestIds.choose(sent)).hasSize(36);
    }

    @Test
    void makesOneInPlaceOfALongOne() {
        assertThat(RequestIds.choose("a".repeat(64))).hasSize(64);
        assertThat(RequestIds.choose("a".repeat(65))).hasSize(36);
    }
}
