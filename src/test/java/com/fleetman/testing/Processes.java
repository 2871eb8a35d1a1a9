package com.fleetman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operating system's side of the servers under test. */
final class Processes {

    private static final int EXIT_SECONDS = 30;

    private Processes() {}

    /** Where everything that the servers write lies: {@code target/it}. */
    static Path directory() {
        return Path.of(Harness.property("fleetman.test.directory")).toAbsolutePath();
    }

    /** Free at this moment; nobody else takes it in the second until a server does, or its start fails and says so. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            process.onExit().get(EXIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("A server did not end within " + EXIT_SECONDS + " s: " + process.info(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
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
