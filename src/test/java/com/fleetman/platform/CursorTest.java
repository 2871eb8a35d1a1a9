package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void comesBackAsItWasGiven() {
        UUID id = Ids.next();
        String text = Cursor.of("things", "Grúas Ñandú \uD83D\uDE9C", 42L, id).encode();

        Cursor cursor = Cursor.parse("things", 3, text).orElseThrow();

        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(cursor.text(0)).isEqualTo("Grúas Ñandú \uD83D\uDE9C");
        assertThat(cursor.number(1)).isEqualTo(42);
        assertThat(cursor.id(2)).isEqualTo(id);
    }

    @Test
    void isAbsentOnTheFirstPage() {
        assertThat(Cursor.parse("things", 2, null)).isEmpty();
    }

    @Test
    void keepsAnEmptyKey() {
        assertThat(Cursor.parse("things", 2, Cursor.of("things", "", "").encode())
                        .orElseThrow()
                        .text(1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "=", "a b", "dGhpbmdz", "%00"})
    void refusesWhatIsNoCursor(String text) {
        refused(text);
    }

    @Test
    void refusesCursorsOfOtherListsAndForgedOnes() {
        refused(Cursor.of("others", 1, 2).encode());
        refused(Cursor.of("things", 1).encode());
        refused(Cursor.of("things", 1, 2, 3).encode());
        refused(encoded("things\n1\u0000\n2"));
        refused("A".repeat(5_000));
    }

    @Test
    void refusesKeysOfTheWrongKind() {
        Cursor cursor = new Cursor("things", java.util.List.of("x", "9".repeat(30), "-1"));

        assertThat(catchThrowableOfType(Problem.class, () -> cursor.id(0)).code())
                .isEqualTo("invalid_cursor");
        assertThat(catchThrowableOfType(Problem.class, () -> cursor.number(1)).code())
                .isEqualTo("invalid_cursor");
        assertThat(catchThrowableOfType(Problem.class, () -> cursor.number(2)).code())
                .isEqualTo("invalid_cursor");
    }

    private static void refused(String text) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Cursor.parse("things", 2, text));
        assertThat(problem).as(text).isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("invalid_cursor");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
