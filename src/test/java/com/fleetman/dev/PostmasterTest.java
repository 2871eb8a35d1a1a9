package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
    private static final Path DATA = Path.of("/home/ana/fleetman/.data/postgres");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void readsTheFileThatPostgresWrites() throws IOException {
        Files.writeString(
                directory.resolve("postmaster.pid"),
                "4711\n" + directory + "\n1795506488\n36203\n\n127.0.0.1\n  1234  5\nready\n");

        assertThat(Postmaster.of(directory)).contains(new Postmaster(4711, directory));
    }

    @Test
    void findsNobodyWithoutAFileOrInAHalfWrittenOne() throws IOException {
        assertThat(Postmaster.of(directory)).isEmpty();
        assertThat(Postmaster.parse(List.of(), DATA)).isEmpty();
        assertThat(Postmaster.parse(List.of(""), DATA)).isEmpty();
        assertThat(Postmaster.parse(List.of("-4711", DATA.toString()), DATA)).isEmpty();
        assertThat(Postmaster.parse(List.of("not a number"), DATA)).isEmpty();
    }

    @Test
    void recognisesThePostgresOfItsDataDirectory() {
        assertThat(isPostgres("/opt/pg/bin/postgres", "-D", DATA.toString(), "-p", "36203"))
                .isTrue();
        assertThat(isPostgres("/opt/pg/bin/postgres (deleted)", "-D", DATA.toString()))
                .isTrue();
    }

    @Test
    void leavesEveryOtherProcessAlone() {
        assertThat(isPostgres("/opt/pg/bin/postgres", "-D", "/var/lib/postgresql/15/main"))
                .isFalse();
        assertThat(isPostgres("/opt/pg/bin/postgres", "-D")).isFalse();
        assertThat(isPostgres("/opt/pg/bin/postgres")).isFalse();
        assertThat(isPostgres("/usr/bin/rm", "-D", DATA.toString())).isFalse();
        assertThat(new Postmaster(1, DATA).isPostgres(Optional.empty(), Optional.empty()))
                .isFalse();
    }

    @Test
    void isNotFooledByANumberThatBelongsToAnotherProcessNow() {
        assertThat(new Postmaster(ProcessHandle.current().pid(), DATA).isRunning())
                .isFalse();
    }

    private static boolean isPostgres(String command, String... arguments) {
        return new Postmaster(4711, DATA).isPostgres(Optional.of(command), Optional.of(arguments));
    }
}
