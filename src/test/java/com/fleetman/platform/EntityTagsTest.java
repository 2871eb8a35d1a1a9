package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    private static String refusal(@Nullable String ifMatch, long version) {
        Problem problem = catchThrowableOfType(Problem.class, () -> EntityTags.require(ifMatch, version));
        return problem.status() + " " + problem.code();
    }

    @Test
    void aVersionIsAStrongTag() {
        assertThat(EntityTags.of(7)).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"7\"",
                " \"7\"\t",
                "*",
                " * ",
                "\"6\", \"7\"",
                "\"6\",\"7\",\"8\"",
                "\"a,b\",\"7\"",
                ",, \"7\" ,",
                "W/\"7\", \"7\"",
                "\"\u00e4\", \"\", \"7\""
            })
    void aChangeOfThisVersionIsLetThrough(String ifMatch) {
        assertThatCode(() -> EntityTags.require(ifMatch, 7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"07\"", "\"77\"", "\"6,7\"", "\"\"", "W/\"7\", \"6\"", "\"*\""})
    void aChangeOfAnotherVersionIsAConflict(String ifMatch) {
        assertThat(refusal(ifMatch, 7)).isEqualTo("412 version_conflict");
    }

    @Test
    void aChangeMustSayOfWhat() {
        assertThat(refusal(null, 7)).isEqualTo("428 precondition_required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "7",
                "\"7",
                "7\"",
                "\"7\" \"8\"",
                "\"7\"\"8\"",
                "w/\"7\"",
                "W/ \"7\"",
                "W/7",
                "*, \"7\"",
                "**",
                "\"a b\"",
                "\"7\";",
                "'7'"
            })
    void whatIsNoListOfTagsIsRefused(String header) {
        assertThat(refusal(header, 7)).isEqualTo("400 invalid_header");
        Problem problem = catchThrowableOfType(Problem.class, () -> EntityTags.isKnown(header, 7));
        assertThat(problem.code()).isEqualTo("invalid_header");
        assertThat(problem.body().errors().get(0).field()).isEqualTo("If-None-Match");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "7"          | true
        W/"7"        | true
        *            | true
        "6", W/"7"   | true
        "6"          | false
        W/"6", "77"  | false
        """)
    void whatAClientHasIsComparedWeakly(String ifNoneMatch, boolean known) {
        assertThat(EntityTags.isKnown(ifNoneMatch, 7)).isEqualTo(known);
    }

    @Test
    void whoSaysNothingHasNothing() {
        assertThat(EntityTags.isKnown(null, 7)).isFalse();
    }
}
