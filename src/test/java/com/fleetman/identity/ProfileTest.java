package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private final Fields fields = new Fields();

    @Test
    void nameIsTrimmedAndOtherwiseKept() {
        assertThat(Profile.companyName(fields, "  Grúas  Ñandú \uD83D\uDE9C ")).isEqualTo("Grúas  Ñandú \uD83D\uDE9C");
        assertThat(Profile.companyName(fields, "\uD83D\uDE9C".repeat(120))).hasSize(240);
        assertThatCode(fields::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0007b", "a\u2028b", "a\u2029b", "abc\u202Ecba", "a\u2066b"})
    void nameHasNothingThatCannotBeSeen(String name) {
        Profile.companyName(fields, name);

        assertThat(code()).isEqualTo("control_character");
    }

    @Test
    void nameHas1To120Characters() {
        Profile.companyName(fields, "a".repeat(121));
        assertThat(code()).isEqualTo("too_long");
    }

    @ParameterizedTest
    @CsvSource({"es,es", "en,en", ",es"})
    void localeIsOneOfTwo(@Nullable String sent, String stored) {
        assertThat(Profile.locale(fields, sent)).isEqualTo(stored);
        assertThatCode(fields::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EN", "en-US", "fr"})
    void localeIsNoOther(String sent) {
        Profile.locale(fields, sent);
        assertThat(code()).isEqualTo("unknown_value");
    }

    @Test
    void passwordHas12To128Characters() {
        NewPassword.check(fields, "a", "x".repeat(12));
        NewPassword.check(fields, "b", "\uD83D\uDE9C".repeat(128));
        NewPassword.check(fields, "c", " ".repeat(12));
        assertThatCode(fields::check).doesNotThrowAnyException();

        NewPassword.check(fields, "d", "x".repeat(11));
        assertThat(code()).isEqualTo("too_short");
    }

    private String code() {
        return catchThrowableOfType(Problem.class, fields::check)
                .body()
                .errors()
                .get(0)
                .code();
    }
}
