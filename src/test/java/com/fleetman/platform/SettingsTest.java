package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void hasADefaultForWhateverNeedNotBeSet() {
        Settings settings = SampleSettings.complete();

        assertThat(settings.databasePoolSize()).isEqualTo(16);
        assertThat(settings.node()).startsWith("node-");
        assertThat(settings.tokens().accessLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.tokens().refreshLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.web().corsOrigins()).isEmpty();
        assertThat(settings.web().cookieSecure()).isTrue();
        assertThat(settings.logins()).isEqualTo(new Settings.Logins(10, 50, Duration.ofMinutes(15)));
        assertThat(settings.streams().heartbeat()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.streams().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.limits().pageSizeMost()).isEqualTo(100);
        assertThat(settings.monitoring())
                .isEqualTo(new Settings.Monitoring(
                        "",
                        false,
                        Duration.ofSeconds(30),
                        Settings.LogFormat.SERVER,
                        new TraceSettings(Optional.empty(), Map.of(), 1)));
        assertThat(settings.limits().machines()).isEqualTo(10_000);
    }

    @Test
    void takesSeveralSecretsForRotation() {
        String second = "another-secret-that-is-long-enough-too-987";
        Settings settings = SampleSettings.with(Map.of("FLEETMAN_JWT_SECRET", SampleSettings.SECRET + " , " + second));

        assertThat(settings.tokens().secrets()).containsExactly(SampleSettings.SECRET, second);
    }

    @Test
    void systemPropertyWinsOverEnvironmentAndBlankIsAbsent() {
        Map<String, String> environment =
                SampleSettings.environment(Map.of("FLEETMAN_NODE", "from-environment", "FLEETMAN_DB_POOL_SIZE", "  "));
        Map<String, String> properties = Map.of("fleetman.node", "from-property");

        Settings settings = Settings.from(environment::get, properties::get);

        assertThat(settings.node()).isEqualTo("from-property");
        assertThat(settings.databasePoolSize()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FLEETMAN_DB_URL          | jdbc:mysql://localhost/x      | jdbc:postgresql:
        FLEETMAN_DB_POOL_SIZE    | 0                             | from 2 to 500, but is "0"
        FLEETMAN_DB_POOL_SIZE    | many                          | a whole number
        FLEETMAN_METRICS_TOKEN   | short                         | at least 16 characters
        FLEETMAN_LOG_FORMAT      | xml                           | server or json, but is "xml"
        FLEETMAN_CANARY_SECONDS  | -1                            | from 0 to 86400
        FLEETMAN_JWT_SECRET      | short                         | at least 32 bytes
        FLEETMAN_COOKIE_SECURE   | yes                           | true or false, but is "yes"
        FLEETMAN_CORS_ORIGINS    | *                             | exact origins
        FLEETMAN_CORS_ORIGINS    | https://a.example/            | exact origins
        FLEETMAN_CORS_ORIGINS    | https://user@a.example        | exact origins
        FLEETMAN_CORS_ORIGINS    | ftp://a.example               | exact origins
        FLEETMAN_CORS_ORIGINS    | https://a.example,b.example   | b.example
        FLEETMAN_BUS             | kafka                         | postgres or redis
        FLEETMAN_BUS             | redis                         | FLEETMAN_REDIS_URL is not set
        FLEETMAN_REDIS_URL       | redis://localhost             | set both or neither
        """)
    void aWrongValueIsToldInOneSentenceThatNamesIt(String name, String value, String sentence) {
        assertThatThrownBy(() -> SampleSettings.with(Map.of(name, value)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(name)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({"FLEETMAN_DB_URL", "FLEETMAN_DB_USER", "FLEETMAN_JWT_SECRET"})
    void whatHasNoDefaultIsRequired(String name) {
        assertThatThrownBy(() -> SampleSettings.with(Map.of(name, "")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(name + " is not set");
    }

    @Test
    void oneShortSecretAmongSeveralIsRefusedWithoutShowingAny() {
        assertThatThrownBy(() -> SampleSettings.with(Map.of("FLEETMAN_JWT_SECRET", SampleSettings.SECRET + ",tiny")))
                .isInstanceOf(InvalidSettings.class)
                .message()
                .doesNotContain("tiny", SampleSettings.SECRET);
    }

    @ParameterizedTest
    @CsvSource({"http://a", "redis:a", "redis://", "redis://:not-for-logs@a/1?x", "redis://:not for logs@a", "a:6379"})
    void aWrongRedisUrlIsToldWithoutShowingIt(String url) {
        assertThatThrownBy(() -> SampleSettings.with(Map.of("FLEETMAN_BUS", "redis", "FLEETMAN_REDIS_URL", url)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith("FLEETMAN_REDIS_URL must be ")
                .message()
                .doesNotContain("not-for-logs", "not for logs");
    }

    @Test
    void theBusIsPostgresUnlessRedisIsNamed() {
        Settings redis = SampleSettings.with(
                Map.of("FLEETMAN_BUS", "redis", "FLEETMAN_REDIS_URL", "rediss://u:not-for-logs@cache.example:7000"));

        assertThat(SampleSettings.complete().cluster().redis()).isEmpty();
        assertThat(redis.cluster().redis()).hasValueSatisfying(uri -> {
            assertThat(uri.getHost()).isEqualTo("cache.example");
            assertThat(uri.getPort()).isEqualTo(7000);
        });
        assertThat(redis.toString()).doesNotContain("not-for-logs");
    }

    @Test
    void showsNoSecretWhenLogged() {
        assertThat(SampleSettings.complete().toString()).doesNotContain(SampleSettings.SECRET, "not-for-logs");
    }

    @Test
    void takesExactOrigins() {
        Settings settings =
                SampleSettings.with(Map.of("FLEETMAN_CORS_ORIGINS", "https://app.example, http://localhost:5173"));

        assertThat(settings.web().corsOrigins()).containsExactly("https://app.example", "http://localhost:5173");
    }
}
