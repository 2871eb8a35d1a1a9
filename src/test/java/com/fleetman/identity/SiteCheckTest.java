package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import com.fleetman.platform.SampleSettings;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteCheckTest {
    private static final URI BASE = URI.create("https://fleet.example/fleetman/api/v1/");

    private final SiteCheck site = new SiteCheck(
            SampleSettings.with(Map.of("FLEETMAN_CORS_ORIGINS", "https://app.example,http://localhost:5173")));

    @ParameterizedTest
    @CsvSource({
        "same-origin,",
        "same-origin,https://fleet.example",
        ",https://fleet.example",
        "cross-site,https://app.example",
        "same-site,https://app.example",
        ",http://localhost:5173"
    })
    void takesRequestsOfThisApplicationAndOfAllowedOrigins(@Nullable String fetchSite, @Nullable String origin) {
        assertThatCode(() -> site.require(fetchSite, origin, BASE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        ",null",
        "none,",
        "same-site,",
        "cross-site,",
        "cross-site,https://evil.example",
        "same-site,https://other.fleet.example",
        ",http://fleet.example",
        ",https://fleet.example:8443",
        ",https://fleet.example.evil.example",
        ",https://app.example.evil.example",
        ",https://APP.example/",
        "Same-Origin,"
    })
    void refusesAllOthers(@Nullable String fetchSite, @Nullable String origin) {
        Problem problem = catchThrowableOfType(Problem.class, () -> site.require(fetchSite, origin, BASE));

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.code()).isEqualTo("cross_site");
    }

    @ParameterizedTest
    @CsvSource({
        "https://Fleet.example/x/,https://fleet.example",
        "https://fleet.example:443/,https://fleet.example",
        "http://fleet.example:80/,http://fleet.example",
        "http://fleet.example:443/,http://fleet.example:443",
        "http://127.0.0.1:8080/,http://127.0.0.1:8080",
        "http://[::1]:8080/,http://[::1]:8080"
    })
    void writesOriginsAsBrowsersDo(URI base, String origin) {
        assertThat(SiteCheck.originOf(base)).isEqualTo(origin);
    }

    @Test
    void readingIsSafe() {
        assertThat(SiteCheck.isSafe("GET")).isTrue();
        assertThat(SiteCheck.isSafe("POST")).isFalse();
        assertThat(SiteCheck.isSafe("get")).isFalse();
    }
}
