package com.fleetman.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * One server with the war under test, in its own process. Arquillian starts the first one and deploys to it for each
 * test class; the second one is for cluster tests and started by them.
 */
public final class Node {

    static final String HOST = "127.0.0.1";

    /** The argument by which a node's process is found again. */
    static final String MARK = "-Dfleetman.test.node=";

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    static final String CONTEXT = "/fleetman";
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

    private static final Node FIRST = new Node("node-1");
    private static final Node SECOND = new Node("node-2");

    private final String name;
    private final int port = Processes.freePort();
    private final Server server;
    private Map<String, String> more = Map.of();
    private @Nullable Path installed;
    private @Nullable Process launched;

    private Node(String name) {
        this.name = name;
        this.server = Server.at(base(), port, Processes.freePort());
    }

    public static Node first() {
        return FIRST;
    }

    /** Not running until a test starts it; stopped after the test class. */
    public static Node second() {
        return SECOND;
    }

    /** {@code http://127.0.0.1:port/fleetman/}, to be resolved against ({@code api/v1/...}, {@code health/ready}). */
    public URI baseUri() {
        return URI.create("http://" + HOST + ":" + port + CONTEXT + "/");
    }

    public int port() {
        return port;
    }

    /**
     * Other settings for the starts to come, on top of those that every node has.
     *
     * @param settings by the end of their system property's name, {@code db.url}
     */
    public void configure(Map<String, String> settings) {
        more = Map.copyOf(settings);
    }

    /** Starts the server again with the war that it had (the second node: with the first one's) and waits for it. */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running already.");
        }
        if (this.equals(SECOND)) {
            prepare();
            install(Objects.requireNonNull(FIRST.installed, "the first node has no war"));
        }
        launch();
        awaitApplication();
    }

    /**
     * Starts the second node with the first one's war and other settings, and waits for it.
     *
     * @param settings by the end of their system property's name, {@code db.url}
     */
    void start(Map<String, String> settings) {
        launch(Objects.requireNonNull(FIRST.installed, "the first node has no war"), settings, JAVA_HOME);
        awaitApplication();
    }

    /**
     * Starts the server with any war and other settings, and does not wait for the application, which may be refused.
     *
     * @param settings by the end of their system property's name, {@code db.url}
     * @param javaHome the JDK to run it on
     */
    void launch(Path war, Map<String, String> settings, Path javaHome) {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running already.");
        }
        prepare();
        install(war);
        List<String> arguments = vmArguments();
        settings.forEach((setting, value) -> arguments.add("-Dfleetman." + setting + "=" + value));
        launch(server.command(javaHome, arguments));
    }

    /** Whether this kind of server can be given a data source by an operator. */
    boolean takesDataSource() {
        return server.dataSourceName().isPresent();
    }

    /** Starts the second node with the first one's war on a data source that is configured in the server. */
    void startOnDataSource() {
        prepare();
        server.configureDataSource(TestDatabase.url(), TestDatabase.USER);
        install(Objects.requireNonNull(FIRST.installed, "the first node has no war"));
        List<String> arguments = vmArguments();
        arguments.add("-Dfleetman.db.jndi=" + server.dataSourceName().orElseThrow());
        launch(server.command(JAVA_HOME, arguments));
        awaitApplication();
    }

    private void install(Path war) {
        server.install(war);
        installed = war;
    }

    private void launch() {
        launch(server.command(JAVA_HOME, vmArguments()));
    }

    private void launch(List<String> command) {
        try {
            Files.createDirectories(server.logs());
            launched = new ProcessBuilder(command)
                    .directory(base().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            server.logs().resolve("console.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the archive the application that runs here; what runs already stays as it is. */
    void deploy(Archive<?> archive) {
        Path war = file(archive);
        if (war.equals(installed) && isRunning() && answers()) {
            return;
        }
        if (isRunning() && server.redeploys()) {
            server.deploy(war);
            installed = war;
        } else {
            stopIfRunning();
            install(war);
            launch();
        }
        awaitApplication();
    }

    private static Path file(Archive<?> archive) {
        if (Deployments.isPlain(archive.getName())) {
            return Deployments.file();
        }
        Path directory = Processes.directory().resolve("wars");
        try {
            Files.createDirectories(directory);
            Path file = Deployments.isProbed(archive.getName())
                    ? directory.resolve(archive.getName())
                    : Files.createTempFile(directory, "changed-", ".war");
            if (file.equals(FIRST.installed)) {
                return file;
            }
            archive.as(ZipExporter.class).exportTo(file.toFile(), true);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM: an orderly end, the application drains its streams. */
    public void stop() {
        Processes.end(process(), false);
    }

    /** SIGKILL: the process is gone at once, like a machine that lost its power. */
    public void kill() {
        Processes.end(process(), true);
    }

    /** Names of the live platform threads of the server's process that are ours. */
    List<String> ownThreads() {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"fleetman-") || line.startsWith("\"agroal-"))
                .toList();
    }

    /** Whether applications come and go in the server's process; else each of them has a process of its own. */
    boolean redeploys() {
        return server.redeploys();
    }

    /** Stops the application and starts it again in the same server, as a redeployment does. */
    public void restartApplication() {
        stopApplication();
        startApplication();
    }

    /** Clients are told to come back and the application ends; where it is the process's only one, with the process. */
    public void stopApplication() {
        if (server.redeploys()) {
            server.stopApplication();
        } else {
            stop();
        }
    }

    public void startApplication() {
        if (server.redeploys()) {
            server.startApplication();
        } else {
            launch();
        }
        awaitApplication();
    }

    /**
     * How many copies of the application are in memory after a garbage collection: class loaders that have its classes.
     */
    long copiesInMemory() {
        jcmd("GC.run");
        // What the first one has finalized is free only now.
        jcmd("GC.run");
        return jcmd("VM.classloaders", "show-classes=true")
                .lines()
                .filter(line -> line.endsWith(" com.fleetman.platform.Api"))
                .count();
    }

    String jcmd(String... command) {
        List<String> line = new ArrayList<>();
        line.add(JAVA_HOME.resolve("bin/jcmd").toString());
        line.add(String.valueOf(process().pid()));
        line.addAll(List.of(command));
        return Processes.output(line);
    }

    /** Everything that the server has logged so far. */
    String logged() {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.list(server.logs())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What the log says if the server runs on a Java that is older than the application's classes. */
    String refusalOfOldJava() {
        return server.refusalOfOldJava();
    }

    /** Whether a client that reads nothing is soon felt: else the kernel takes megabytes for it first. */
    public boolean boundsSendBuffer() {
        return server.boundsSendBuffer();
    }

    /** What a request may be answered while the application is being restarted. */
    public List<Integer> statusesWhileAway() {
        return server.statusesWhileAway();
    }

    public boolean isRunning() {
        return Processes.find(MARK + base()).isPresent();
    }

    void stopIfRunning() {
        Processes.find(MARK + base()).ifPresent(process -> Processes.end(process, false));
    }

    private ProcessHandle process() {
        return Processes.find(MARK + base()).orElseThrow(() -> new IllegalStateException(name + " is not running."));
    }

    private void awaitApplication() {
        await(name + " to run the application; see " + server.logs())
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the server has ended; see " + server.logs(), () -> launched != null && !launched.isAlive())
                .until(this::answers);
    }

    /** Ready or not, as long as it is the application that says so, and all of it is up. */
    boolean answers() {
        return get("health/ready").startsWith("{\"status\":")
                && get("api/v1/users/me").contains("\"unauthenticated\"");
    }

    private String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(baseUri().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void prepare() {
        server.prepare();
    }

    Path base() {
        return Processes.directory().resolve(name);
    }

    private List<String> vmArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(MARK + base());
        arguments.add("-Xmx512m");
        // They start often and live briefly.
        arguments.add("-XX:TieredStopAtLevel=1");
        // What is only softly reachable goes with every collection: it is a cache and no leak.
        arguments.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        arguments.add("-Djava.net.preferIPv4Stack=true");
        settings().forEach((setting, value) -> arguments.add("-Dfleetman." + setting + "=" + value));
        return arguments;
    }

    /** Short times, so that tests need not wait long; and one address for all clients, so hardly a limit for it. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("node", name);
        settings.put("db.url", TestDatabase.url());
        settings.put("db.user", TestDatabase.USER);
        settings.put("jwt.secret", "a-secret-that-is-only-for-tests-0123456789");
        settings.put("cookie.secure", "false");
        settings.put("cors.origins", "https://app.example");
        settings.put("login.attempts.per.address", "1000000");
        settings.put("rate.per.address", "1000000");
        settings.put("rate.per.user", "1000000");
        settings.put("heartbeat.seconds", "2");
        settings.put("stream.stall.seconds", "5");
        settings.put("streams.per.node", System.getProperty("fleetman.test.streams", "60"));
        settings.put("stream.retry.ms", "500");
        settings.put("reconcile.seconds", "1");
        // Tests compare all of the database before and after.
        settings.put("canary.seconds", "0");
        // Once when the first node starts, and then not while tests count what a run does.
        settings.put("maintenance.cron", "0 0 1 1 *");
        settings.putAll(more);
        return settings;
    }

    @Override
    public String toString() {
        return name + " at " + baseUri();
    }
}
