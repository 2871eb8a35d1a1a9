package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {
    @ParameterizedTest
    @CsvSource({"x, 100, 100", "x, 101, 100", "🚜, 100, 100", "🚜, 101, 100", "x, 1, 1"})
    void aPreviewIsAHundredCharactersAndNeverHalfOfOne(String character, int length, int shown) {
        assertThat(Notices.preview(character.repeat(length))).isEqualTo(character.repeat(shown));
    }
}
