package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final String TOKEN = "a-token-of-some-length";

    @Test
    void takesTheScrapeTokenAndNothingLikeIt() {
        assertThat(MetricsPage.isScraper(TOKEN, "Bearer " + TOKEN)).isTrue();
        assertThat(MetricsPage.isScraper(TOKEN, "bearer " + TOKEN)).isTrue();
        assertThat(MetricsPage.isScraper(TOKEN, "Bearer " + TOKEN + "x")).isFalse();
        assertThat(MetricsPage.isScraper(TOKEN, "Basic " + TOKEN)).isFalse();
        assertThat(MetricsPage.isScraper(TOKEN, "Bearer ")).isFalse();
        assertThat(MetricsPage.isScraper(TOKEN, null)).isFalse();
    }

    @Test
    void noTokenIsNobodysToken() {
        assertThat(MetricsPage.isScraper("", "Bearer ")).isFalse();
        assertThat(MetricsPage.isScraper("", null)).isFalse();
    }

    @Test
    void speaksTheFormatThatPrometheusAsksFor() {
        assertThat(MetricsPage.contentType(null)).startsWith("text/plain; version=0.0.4");
        assertThat(MetricsPage.contentType("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"))
                .startsWith("application/openmetrics-text");
    }
}
