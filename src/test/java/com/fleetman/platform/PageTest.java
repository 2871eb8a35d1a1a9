package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final Settings.Limits limits = SampleSettings.complete().limits();

    @Test
    void theLastPageHasNoCursor() {
        Page<String> page = Page.of(List.of(1, 2), 2, number -> Cursor.of("n", number), String::valueOf);

        assertThat(page).isEqualTo(new Page<>(List.of("1", "2"), null));
        assertThat(Json.write(page)).isEqualTo("{\"items\":[\"1\",\"2\"],\"nextCursor\":null}");
    }

    @Test
    void aRowTooManyMeansAnotherPageAfterTheLastOneShown() {
        Page<String> page = Page.of(List.of(1, 2, 3), 2, number -> Cursor.of("n", number), String::valueOf);

        assertThat(page.items()).containsExactly("1", "2");
        assertThat(Cursor.parse("n", 1, page.nextCursor()).orElseThrow().number(0))
                .isEqualTo(2);
    }

    @Test
    void limitIsWhatWasAskedForOrTheDefault() {
        assertThat(Page.limit(null, limits)).isEqualTo(20);
        assertThat(Page.limit("1", limits)).isEqualTo(1);
        assertThat(Page.limit("100", limits)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "101", "99999999999", "ten", "1.0", " 1"})
    void limitIsRefusedOutsideItsRange(String text) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Page.limit(text, limits));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("invalid_limit");
    }
}
