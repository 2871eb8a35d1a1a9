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
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    private final Fields fields = new Fields();

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "owner@fleetman.example,owner@fleetman.example",
                " Owner@Fleetman.Example\t,owner@fleetman.example",
                "o'neil+tag@a-b.co.uk,o'neil+tag@a-b.co.uk"
            })
    void isTrimmedAndLowered(String typed, String stored) {
        assertThat(EmailAddress.check(fields, typed)).isEqualTo(stored);
        assertThatCode(fields::check).doesNotThrowAnyException();
        assertThat(EmailAddress.normalise(typed)).isEqualTo(stored);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "owner",
                "@fleetman.example",
                "owner@",
                "owner@localhost",
                "owner@-a.example",
                "owner@a..example",
                "owner@a.example.",
                "a b@fleetman.example",
                "a@b@fleetman.example",
                "a\n@fleetman.example",
                "\"a\"@fleetman.example",
                "<a@fleetman.example>",
                "a@[127.0.0.1]",
                "\u212A@fleetman.example"
            })
    void refusesWhatIsNoAddress(@Nullable String typed) {
        EmailAddress.check(fields, typed);

        Problem problem = catchThrowableOfType(Problem.class, fields::check);
        assertThat(problem).as(String.valueOf(typed)).isNotNull();
        assertThat(problem.body().errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("email");
    }

    @Test
    void has254CharactersAtMost() {
        String domain = ".".concat("a".repeat(61)).repeat(3);
        String longest = "a".repeat(64) + "@b" + domain + ".de"; // 64 + 2 + 186 + 3

        EmailAddress.check(fields, longest.substring(1));
        assertThat(longest).hasSize(255);
        assertThatCode(fields::check).doesNotThrowAnyException();

        EmailAddress.check(fields, longest);
        assertThat(catchThrowableOfType(Problem.class, fields::check).body().errors())
                .extracting(Problem.FieldError::code)
                .containsExactly("too_long");
    }
}
