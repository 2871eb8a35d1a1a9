package com.fleetman.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a PostgreSQL, as its {@code postmaster.pid} names it (line 1: process, line 2: data directory).
 * The file outlives a crash, so the number in it may meanwhile belong to any other process.
 */
record Postmaster(long pid, Path dataDirectory) {
    static final String FILE = "postmaster.pid";

    /** Empty if there is no such file, or none that PostgreSQL has completed. */
    static Optional<Postmaster> of(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        // Not UTF-8: a path in it is in whatever encoding the file system has.
        return Files.exists(file)
                ? parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1), dataDirectory)
                : Optional.empty();
    }

    static Optional<Postmaster> parse(List<String> lines, Path dataDirectory) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            return pid > 0 ? Optional.of(new Postmaster(pid, dataDirectory)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process lives and is a PostgreSQL on this very data directory. */
    boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .filter(info -> isPostgres(info.command(), info.arguments()))
                .isPresent();
    }

    boolean isPostgres(Optional<String> command, Optional<String[]> arguments) {
        return command.filter(path -> "postgres".equals(fileName(path))).isPresent()
                && arguments.filter(this::namesDataDirectory).isPresent();
    }

    private boolean namesDataDirectory(String[] arguments) {
        List<String> list = Arrays.asList(arguments);
        int option = list.indexOf("-D");
        return option >= 0
                && option + 1 < list.size()
                && Path.of(list.get(option + 1)).normalize().equals(dataDirectory);
    }

    /** Linux adds a word to the path of a program that has been replaced since it was started. */
    private static String fileName(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.endsWith(" (deleted)") ? file.substring(0, file.length() - " (deleted)".length()) : file;
    }
}
