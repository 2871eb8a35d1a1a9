package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource({"5,4,5,written", "5,0,9,written", "5,4,4,pending", "5,0,3,pending", "5,5,5,before", "5,7,9,before"})
    void aStreamWroteWhatLiesBetweenItsBeginAndItsCursor(long seq, long first, long cursor, String passage) {
        assertThat(Diagnosis.passage(seq, first, cursor)).isEqualTo(passage);
    }

    @ParameterizedTest
    @CsvSource({
        "false,false,'',NOT_CREATED",
        "false,true,'',BLOCKED",
        "true,true,'written',WRITTEN",
        "true,false,'before pending written',WRITTEN",
        "true,false,'before pending',PENDING",
        "true,false,'before',NOT_BY_STREAM",
        "true,false,'',NOT_CONNECTED"
    })
    void theVerdictIsTheBestThatHappened(boolean logged, boolean blocked, String passages, String verdict) {
        List<String> all = passages.isEmpty() ? List.of() : List.of(passages.split(" ", -1));

        assertThat(Diagnosis.Verdict.of(logged, blocked, all).name()).isEqualTo(verdict);
    }

    @Test
    void theQuestionIsAfterOneThing() {
        assertThat(Diagnose.Question.of(null, "7", null).eventSeq()).isEqualTo(7);
    }
}
