package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSettingsTest {
    private static final String ENDPOINT = "FLEETMAN_OTLP_ENDPOINT";
    private static final String HEADERS = "FLEETMAN_OTLP_HEADERS";

    private static TraceSettings with(Map<String, String> more) {
        return SampleSettings.with(more).monitoring().traces();
    }

    @Test
    void traceNothingUntilThereIsAnEndpoint() {
        assertThat(SampleSettings.complete().monitoring().traces().endpoint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:4318, http://localhost:4318/v1/traces",
        "http://localhost:4318/, http://localhost:4318/v1/traces",
        "https://tempo.example/otlp, https://tempo.example/otlp/v1/traces",
        "https://tempo.example/otlp/v1/traces, https://tempo.example/otlp/v1/traces",
        "https://tempo.example/v1/traces/, https://tempo.example/v1/traces",
    })
    void addThePathOfTracesUnlessItIsThere(String endpoint, URI used) {
        assertThat(with(Map.of(ENDPOINT, endpoint)).endpoint()).contains(used);
    }

    @Test
    void takeHeadersWithEncodedValuesAndKeepThemToThemselves() {
        TraceSettings traces = with(Map.of(
                ENDPOINT, "http://localhost:4318", HEADERS, "Authorization=Basic%20c2VjcmV0, X-Scope-OrgID=a+b%2Cc"));

        assertThat(traces.headers())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Authorization", "Basic c2VjcmV0", "X-Scope-OrgID", "a+b,c"));
        assertThat(traces.toString()).contains("localhost").doesNotContain("c2VjcmV0", "a+b");
    }

    @Test
    void recordEveryTraceUnlessLessIsWanted() {
        assertThat(with(Map.of()).sample()).isEqualTo(1);
        assertThat(with(Map.of("FLEETMAN_TRACES_SAMPLE", "0.05")).sample()).isEqualTo(0.05);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FLEETMAN_OTLP_ENDPOINT | localhost:4318                  | http or https URL
        FLEETMAN_OTLP_ENDPOINT | grpc://localhost:4317           | http or https URL
        FLEETMAN_OTLP_ENDPOINT | http://me:sesame@localhost:4318 | without user
        FLEETMAN_OTLP_ENDPOINT | http://localhost:4318?sesame    | without user, query
        FLEETMAN_OTLP_ENDPOINT | http://local host               | http or https URL
        FLEETMAN_OTLP_HEADERS  | sesame                          | pair number 1 is none
        FLEETMAN_OTLP_HEADERS  | a=b,c d=sesame                  | pair number 2 is none
        FLEETMAN_OTLP_HEADERS  | a=sesame%0d%0ab                 | pair number 1 is none
        FLEETMAN_OTLP_HEADERS  | a=sesame%                       | pair number 1 is none
        FLEETMAN_OTLP_HEADERS  | a=                              | pair number 1 is none
        FLEETMAN_TRACES_SAMPLE | 1.5                             | from 0 to 1, but is "1.5"
        FLEETMAN_TRACES_SAMPLE | NaN                             | from 0 to 1, but is "NaN"
        FLEETMAN_TRACES_SAMPLE | half                            | from 0 to 1, but is "half"
        """)
    void endTheStartWithOneSentenceWithoutSecrets(String name, String value, String sentence) {
        var more = new HashMap<>(Map.of(ENDPOINT, "http://localhost:4318"));
        more.put(name, value);

        assertThatThrownBy(() -> with(more))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(name + " must be ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void refuseHeadersForNobody() {
        assertThatThrownBy(() -> with(Map.of(HEADERS, "a=sesame")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("set both or neither")
                .hasMessageNotContaining("sesame");
    }
}
