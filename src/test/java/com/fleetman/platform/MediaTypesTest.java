package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                " application/json ",
                "application/json;charset=utf-8",
                "application/json ; charset=\"utf-8\"",
                "application/json;",
                "text/plain; x=\"a \\\" b; c\"; y=z",
                "application/problem+json"
            })
    void aMediaTypeIsRead(String value) {
        assertThat(MediaTypes.isType(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "/", "a/", "/b", "a/b/c", "a/b;x", "a/b; x=", "a/b, c/d", "a b/c", "a/b;x=\"y"})
    void whatIsNoneIsNot(String value) {
        assertThat(MediaTypes.isType(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "text/html, image/gif, *; q=.2, */*; q=.2",
                "text/html;level=1;q=0.7,*/*;q=0",
                "text/event-stream",
                ", application/json ,, text/plain;q=1.000",
                "a/b;Q=0.5;x=\"q=7\""
            })
    void rangesAreRead(String value) {
        assertThat(MediaTypes.areRanges(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                ";",
                "/",
                "a/b/c",
                "text/html;q=x",
                "text/html;q=2",
                "text/html;q=1.5",
                "a/b c/d",
                "a/b;q="
            })
    void whatAreNoneAreNot(String value) {
        assertThat(MediaTypes.areRanges(value)).isFalse();
    }

    @Test
    void aLongHeaderTakesNoLongTime() {
        String hostile = "a/b;x=\"" + "\\\"; ,".repeat(20_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(MediaTypes.areRanges(hostile)).isFalse();
            assertThat(MediaTypes.isType(hostile)).isFalse();
        });
    }
}
