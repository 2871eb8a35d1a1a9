package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path parent;

    @Test
    void keepsASecretForItsOwnerOnly() throws Exception {
        Path path = parent.resolve("new/data");
        String secret;
        try (DataDirectory data = DataDirectory.at(path)) {
            secret = data.secret("jwt-secret");
        }

        assertThat(secret).hasSizeGreaterThanOrEqualTo(32).doesNotContain(",");
        assertThat(mode(path)).isEqualTo("rwx------");
        assertThat(mode(path.resolve("jwt-secret"))).isEqualTo("rw-------");
        try (DataDirectory data = DataDirectory.at(path)) {
            assertThat(data.secret("jwt-secret")).isEqualTo(secret);
            assertThat(data.secret("another")).isNotEqualTo(secret);
        }
        try (var files = Files.list(path)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void belongsToOneAtATime() throws Exception {
        try (DataDirectory first = DataDirectory.at(parent);
                DataDirectory second = DataDirectory.at(parent)) {
            first.own();
            assertThatThrownBy(second::own)
                    .isInstanceOf(RefusedStart.class)
                    .hasMessageContaining("Another FleetMan is running on the data directory");
        }
        try (DataDirectory third = DataDirectory.at(parent)) {
            third.own();
        }
    }

    @Test
    void refusesAFileInItsPlaceInOneSentence() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.at(file))
                .isInstanceOf(RefusedStart.class)
                .hasMessageContaining("The data directory is not usable: " + file);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
