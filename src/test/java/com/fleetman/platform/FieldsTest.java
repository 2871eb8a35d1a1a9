package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private final Fields fields = new Fields();

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void answersUsableValuesWhereNothingIsWrong() {
        assertThat(fields.text("a", " x ", 1, 3)).isEqualTo(" x ");
        assertThat(fields.trimmed("b", "\u2003y\n", 1)).isEqualTo("y");
        assertThat(fields.optional("c", null, 5)).isEqualTo(Optional.empty());
        assertThat(fields.optional("d", " z ", 5)).contains("z");
        assertThat(fields.oneOf("e", "GREEN", Colour.class, null)).isEqualTo(Colour.GREEN);
        assertThat(fields.oneOf("f", null, Colour.class, Colour.RED)).isEqualTo(Colour.RED);
        assertThat(fields.oneOf("g", null, List.of("es"), "es")).isEqualTo("es");
        assertThatCode(fields::check).doesNotThrowAnyException();
    }

    @Test
    void reportsEveryWrongFieldAtOnceInOrder() {
        fields.text("a", null, 1, 3);
        fields.text("b", "", 1, 3);
        fields.text("c", "xy", 3, 5);
        fields.trimmed("d", "   ", 3);
        fields.text("e", "four", 1, 3);
        fields.oneOf("f", "red", Colour.class, null);
        fields.oneOf("g", null, Colour.class, null);
        fields.oneOf("h", "fr", List.of("es", "en"), "es");
        fields.reject("i", "odd", "i is odd");

        Problem problem = catchThrowableOfType(Problem.class, fields::check);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("validation_failed");
        assertThat(problem.body().errors())
                .extracting(Problem.FieldError::field, Problem.FieldError::code)
                .containsExactly(
                        tuple("a", "required"),
                        tuple("b", "blank"),
                        tuple("c", "too_short"),
                        tuple("d", "blank"),
                        tuple("e", "too_long"),
                        tuple("f", "unknown_value"),
                        tuple("g", "required"),
                        tuple("h", "unknown_value"),
                        tuple("i", "odd"));
    }

    @Test
    void countsCodePointsAndNotHalvesOfThem() {
        String emoji = "\uD83D\uDE9C"; // a tractor, outside the basic plane

        fields.text("fits", emoji.repeat(3), 1, 3);
        assertThatCode(fields::check).doesNotThrowAnyException();

        fields.text("long", emoji.repeat(4), 1, 3);
        assertThat(catchThrowableOfType(Problem.class, fields::check).body().errors())
                .hasSize(1);
    }

    @Test
    void whiteSpaceIsWhatUnicodeCallsSo() {
        assertThat(Fields.strip("\u00a0\u2007\u202f\u0085\u3000\u2028\u2029 \ta\u00a0b\r\n\u00a0"))
                .isEqualTo("a\u00a0b");
        assertThat(Fields.strip("\u00a0\u3000")).isEmpty();
        assertThat(Fields.strip("\u200b\ufeff")).hasSize(2);
    }

    @Test
    void nulIsRefusedByName() {
        var fields = new Fields();
        fields.text("a", "x\0", 1, 10);
        fields.optional("b", "\0", 10);

        assertThat(catchThrowableOfType(Problem.class, fields::check).body().errors())
                .extracting(Problem.FieldError::field, Problem.FieldError::code)
                .containsExactly(tuple("a", "nul_character"), tuple("b", "nul_character"));
    }
}
