package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deployment that cannot work says why in one line of the server's log. */
@InContainer
class DeploymentIT {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final boolean TOMCAT =
            Harness.property("fleetman.test.server").equals("tomcat");

    private static Path war(String name) {
        return Deployments.file().resolveSibling(name);
    }

    @AfterEach
    void stop() {
        Node.second().stopIfRunning();
    }

    /** Waits for the sentence, which must stand in one line, and sees that nothing was deployed. */
    private static void awaitRefusal(String sentence) {
        await("the log to say: " + sentence)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Node.second().logged().lines().anyMatch(line -> line.contains(sentence)));
        assertThat(Node.second().answers()).isFalse();
    }

    @Test
    void aMissingSettingIsNamed() {
        Node.second().launch(Deployments.file(), Map.of("jwt.secret", ""), JAVA_HOME);

        awaitRefusal("FLEETMAN_JWT_SECRET is not set: it signs the access tokens");
    }

    @Test
    void aWrongSettingIsNamed() {
        Node.second().launch(Deployments.file(), Map.of("heartbeat.seconds", "never"), JAVA_HOME);

        awaitRefusal("FLEETMAN_HEARTBEAT_SECONDS must be a whole number from 1 to 3600, but is \"never\".");
    }

    @Test
    void theWarForServersSaysOnTomcatWhichOneToDeploy() {
        assumeThat(TOMCAT).as("on Tomcat").isTrue();

        Node.second().launch(war("fleetman.war"), Map.of(), JAVA_HOME);

        awaitRefusal("on Tomcat deploy fleetman-tomcat.war instead.");
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws IOException {
        Optional<Path> old = oldJava();
        assumeThat(old).as("a Java 17 on this machine").isPresent();

        Node.second().launch(Deployments.file(), Map.of(), old.get());

        awaitRefusal(Node.second().refusalOfOldJava());
    }

    private static Optional<Path> oldJava() throws IOException {
        Path directory = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .sorted()
                    .findFirst();
        }
    }

    @Test
    void tomcatHasNoDataSourceThatTakesPartInTransactions() {
        assumeThat(TOMCAT).as("on Tomcat").isTrue();

        Node.second().launch(Deployments.file(), Map.of("db.jndi", "java:comp/env/jdbc/any"), JAVA_HOME);

        awaitRefusal("FLEETMAN_DB_JNDI cannot be used on Tomcat");
    }

    @Test
    void aDataSourceThatTheServerDoesNotHaveIsNamed() {
        assumeThat(TOMCAT).as("on Tomcat").isFalse();

        Node.second().launch(Deployments.file(), Map.of("db.jndi", "java:app/jdbc/absent"), JAVA_HOME);

        awaitRefusal("This server has no data source by the name of FLEETMAN_DB_JNDI: there is nothing at"
                + " java:app/jdbc/absent.");
    }
}
