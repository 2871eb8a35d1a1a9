package com.fleetman.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One stand-alone Tomcat with the war under test, in its own process. Arquillian starts the first one and deploys to it
 * for each test class; the second one is for cluster tests and started by them.
 */
public final class Node {

    static final String HOST = "127.0.0.1";

    /** The argument by which a node's process is found again. */
    static final String MARK = "-Dfleetman.test.node=";

    private static final String CONTEXT = "/fleetman";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Node FIRST = new Node("node-1");
    private static final Node SECOND = new Node("node-2");

    private final String name;
    private final int port = Processes.freePort();
    private final int jmxPort = Processes.freePort();
    private final Manager manager = new Manager(port);

    private Node(String name) {
        this.name = name;
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

    /** Starts Tomcat again with the deployed war (the second node: with the first one's) and waits for the application. */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running already.");
        }
        try {
            if (this.equals(SECOND)) {
                prepare();
                String war = "webapps" + CONTEXT + ".war";
                Files.copy(FIRST.base().resolve(war), base().resolve(war), REPLACE_EXISTING);
            }
            new ProcessBuilder(command())
                    .directory(base().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(base().resolve("logs/console.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitApplication();
    }

    /** SIGTERM: an orderly end, the application drains its streams. */
    public void stop() {
        Processes.end(process(), false);
    }

    /** SIGKILL: the process is gone at once, like a machine that lost its power. */
    public void kill() {
        Processes.end(process(), true);
    }

    /** Stops the application and starts it again in the same Tomcat, as a redeployment does. */
    public void restartApplication() {
        stopApplication();
        startApplication();
    }

    public void stopApplication() {
        manager.say("stop?path=" + CONTEXT);
    }

    public void startApplication() {
        manager.say("start?path=" + CONTEXT);
        awaitApplication();
    }

    /** Stopped or undeployed applications whose classes are still in memory after a garbage collection; one a line. */
    String leakedApplications() {
        return manager.leaks();
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
        await(name + " to run the application; see " + base().resolve("logs"))
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> manager.runs(CONTEXT));
    }

    void prepare() {
        CatalinaBase.create(base(), port);
    }

    Path base() {
        return Processes.directory().resolve(name);
    }

    int jmxPort() {
        return jmxPort;
    }

    /** What the Arquillian adapter adds to the JVM's command line, which it composes as {@link #command} does. */
    List<String> vmArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(MARK + base());
        // As in Tomcat's own catalina.sh, or its leak detection cannot look.
        for (String opened :
                List.of("java.lang", "java.lang.reflect", "java.io", "java.util", "java.util.concurrent")) {
            arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        arguments.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        arguments.add("-Dcom.sun.management.jmxremote.host=" + HOST);
        arguments.add("-Djava.rmi.server.hostname=" + HOST);
        arguments.add("-Xmx512m");
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
        settings.put("heartbeat.seconds", "2");
        settings.put("stream.stall.seconds", "5");
        settings.put("streams.per.node", "60");
        settings.put("stream.retry.ms", "500");
        settings.put("reconcile.seconds", "1");
        return settings;
    }

    private List<String> command() {
        Path home = CatalinaBase.home();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.util.logging.config.file=" + base().resolve("conf/logging.properties"));
        command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
        command.add("-Dcom.sun.management.jmxremote.port=" + jmxPort);
        command.add("-Dcom.sun.management.jmxremote.ssl=false");
        command.add("-Dcom.sun.management.jmxremote.authenticate=false");
        command.addAll(vmArguments());
        command.add("-classpath");
        command.add(home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"));
        command.add("-Dcatalina.base=" + base());
        command.add("-Dcatalina.home=" + home);
        command.add("-Djava.io.tmpdir=" + base().resolve("temp"));
        command.add("org.apache.catalina.startup.Bootstrap");
        command.add("start");
        return command;
    }

    @Override
    public String toString() {
        return name + " at " + baseUri();
    }
}
