package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StartPositionTest {
    private static final LogReader.Bounds TEN_OF_TWENTY = new LogReader.Bounds(20, 11, new Counts(0, 0));
    private static final LogReader.Bounds NOTHING_KEPT = new LogReader.Bounds(20, 21, new Counts(0, 0));
    private static final LogReader.Bounds NEW_USER = new LogReader.Bounds(0, 1, new Counts(0, 0));

    @ParameterizedTest
    @NullAndEmptySource
    void isTheEndForAClientThatAsksForNothing(@Nullable String asked) {
        assertStart(TEN_OF_TWENTY, asked, 20, null);
        assertStart(NEW_USER, asked, 0, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "19", "20", "0000000000000000012"})
    void isWhatWasAskedForIfAllAfterItIsKept(String asked) {
        assertStart(TEN_OF_TWENTY, asked, Long.parseLong(asked), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "9"})
    void isTheEndWithAResetIfSomethingAfterItIsGone(String asked) {
        assertStart(TEN_OF_TWENTY, asked, 20, StreamEvents.RESET_EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999",
                "00000000000000000012",
                "-1",
                "+12",
                " 12",
                "12 ",
                "1.0",
                "0x1",
                "١٢",
                "null",
                "abc",
                "12\n"
            })
    void isTheEndWithAResetIfItWasNeverGivenOut(String asked) {
        assertStart(TEN_OF_TWENTY, asked, 20, StreamEvents.RESET_UNKNOWN);
    }

    @Test
    void needsNothingOfALogThatWasDroppedIfTheClientIsUpToDate() {
        assertStart(NOTHING_KEPT, "20", 20, null);
        assertStart(NOTHING_KEPT, "19", 20, StreamEvents.RESET_EXPIRED);
    }

    @Test
    void isTheBeginningOfAnEmptyLog() {
        assertStart(NEW_USER, "0", 0, null);
        assertStart(NEW_USER, "1", 0, StreamEvents.RESET_UNKNOWN);
    }

    private static void assertStart(
            LogReader.Bounds bounds, @Nullable String asked, long cursor, @Nullable String resetReason) {
        assertThat(StartPosition.of(bounds, asked)).isEqualTo(new StartPosition(cursor, resetReason));
    }
}
