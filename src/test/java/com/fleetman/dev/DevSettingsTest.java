package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevSettingsTest {
    @Test
    void needsNothingToBeSet() throws RefusedStart {
        DevSettings settings = from(Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.dataDirectory()).isAbsolute().endsWithRaw(Path.of(".data"));
        assertThat(settings.externalDatabase()).isEmpty();
        assertThat(settings.demoData()).isEmpty();
        assertThat(settings.loadUsers()).isZero();
    }

    @Test
    void takesWhatIsSetAndBlankCountsAsAbsent() throws RefusedStart {
        DevSettings settings = from(Map.of(
                "FLEETMAN_HTTP_PORT", " 9090 ",
                "FLEETMAN_HTTP_HOST", " ",
                "FLEETMAN_DEMO_DATA", "False",
                "FLEETMAN_DB_URL", "jdbc:postgresql://db/fleetman"));

        assertThat(settings.port()).isEqualTo(9090);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.demoData()).contains(false);
        assertThat(settings.externalDatabase()).contains("jdbc:postgresql://db/fleetman");
    }

    @Test
    void prefersTheSystemProperty() throws RefusedStart {
        DevSettings settings =
                DevSettings.from(Map.of("FLEETMAN_HTTP_PORT", "9090")::get, Map.of("fleetman.http.port", "9091")::get);

        assertThat(settings.port()).isEqualTo(9091);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "-1", "http", "80.5"})
    void refusesAWrongPortInOneSentence(String port) {
        assertThatThrownBy(() -> from(Map.of("FLEETMAN_HTTP_PORT", port)))
                .isInstanceOf(RefusedStart.class)
                .hasMessage("FLEETMAN_HTTP_PORT must be a whole number from 0 (any free port) to 65535, but is \""
                        + port + "\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "1000001"})
    void refusesAWrongNumberOfLoadUsers(String number) {
        assertThatThrownBy(() -> from(Map.of("FLEETMAN_LOAD_USERS", number)))
                .hasMessage("FLEETMAN_LOAD_USERS must be a whole number from 0 to 1000000, but is \"" + number + "\".");
    }

    @Test
    void refusesAHalfTruth() {
        assertThatThrownBy(() -> from(Map.of("FLEETMAN_DEMO_DATA", "perhaps")))
                .hasMessage("FLEETMAN_DEMO_DATA must be true or false, but is \"perhaps\".");
    }

    private static DevSettings from(Map<String, String> environment) throws RefusedStart {
        return DevSettings.from(environment::get, Map.<String, String>of()::get);
    }
}
