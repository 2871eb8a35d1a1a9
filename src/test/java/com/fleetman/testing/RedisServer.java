package com.fleetman.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A Redis or Valkey server of a test's own, on a port of loopback: the machine's program, which keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
    private static final String REQUIRED = "fleetman.test.redis";

    private final String program;
    private final List<String> options;
    private final int port = Processes.freePort();
    private @Nullable Process process;

    private RedisServer(String program, List<String> options) {
        this.program = program;
        this.options = options;
    }

    /**
     * Starts one. A machine without the program skips the test, unless {@code -Dfleetman.test.redis=required}.
     *
     * @param options of the command line, {@code --requirepass} for example
     */
    public static RedisServer start(String... options) {
        Optional<String> program = program();
        if (program.isEmpty() && "required".equals(System.getProperty(REQUIRED))) {
            throw new AssertionError("there is no redis-server or valkey-server, and " + REQUIRED + " requires one");
        }
        Assumptions.assumeTrue(program.isPresent(), "there is no redis-server or valkey-server on this machine");
        var server = new RedisServer(program.orElseThrow(), List.of(options));
        server.startAgain();
        return server;
    }

    private static Optional<String> program() {
        return Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .flatMap(directory -> Stream.of(directory + "/redis-server", directory + "/valkey-server"))
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }

    public int port() {
        return port;
    }

    /** Starts it again after {@link #stop}, at the same port. */
    public void startAgain() {
        var command = new ArrayList<>(List.of(program, "--port", String.valueOf(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("redis-server").atMost(Duration.ofSeconds(30)).until(this::answers);
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it at once, as a crash does. */
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
