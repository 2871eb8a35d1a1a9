package com.fleetman.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;

/** The operating system's side of the servers under test. */
final class Processes {

    private static final int LOWEST_PORT = 12_000;
    private static final int FIRST_EPHEMERAL_PORT = 32_768;
    private static final int PORT_ATTEMPTS = 100;
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(90);

    private Processes() {}

    /** Where everything that the servers write lies: {@code target/it}. */
    static Path directory() {
        return Path.of(Harness.property("fleetman.test.directory")).toAbsolutePath();
    }

    /**
     * A port that is free at this moment. Not one of those that systems give to whoever connects or asks for any: a server
     * gets it back when it has been away.
     */
    static int freePort() {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, FIRST_EPHEMERAL_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it: another one
            }
        }
        throw new IllegalStateException("None of " + PORT_ATTEMPTS + " ports was free.");
    }

    /** The running process one of whose arguments is or ends with the given text. */
    static Optional<ProcessHandle> find(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(argument))
                .findFirst();
    }

    static void end(ProcessHandle process, boolean forcibly) {
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        try {
            await("the end of a server: " + process.info())
                    .atMost(EXIT_LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive());
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What a short command prints. */
    static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A run that was killed cannot stop its servers; what runs on this directory's files is one of them. */
    static void killLeftovers() {
        List<ProcessHandle> leftovers = ProcessHandle.allProcesses()
                .filter(process ->
                        isServerOf(directory(), process.info().commandLine().orElse("")))
                .toList();
        leftovers.forEach(process -> end(process, true));
    }

    private static boolean isServerOf(Path directory, String commandLine) {
        return commandLine.contains(Node.MARK + directory + "/")
                || (commandLine.contains("postgres") && commandLine.contains(" -D " + directory + "/"));
    }
}
