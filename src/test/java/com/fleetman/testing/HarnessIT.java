package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The servers under test come, go and come back as the other tests need it. */
@InContainer
class HarnessIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aNodeAnswers() throws Exception {
        assertThat(ready(Node.first())).isEqualTo(200);
    }

    @Test
    void anApplicationIsRestartedWithoutLeavingAnythingBehind() throws Exception {
        long before = leakWarnings(Node.first());
        Account[] users = Account.friends(Node.first(), "Primera", "Segunda");
        users[0].write(users[1], "everything has been in use");

        try (EventStream open = EventStream.open(users[1]).awaitConnected()) {
            Node.first().restartApplication();
            open.awaitNamed("reconnect");
        }

        assertThat(ready(Node.first())).isEqualTo(200);
        assertThat(leakWarnings(Node.first())).isEqualTo(before);
        await("the garbage collector to find nothing left of the stopped application")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(Node.first().leakedApplications()).isEmpty());
    }

    @Test
    void aKilledNodeComesBack() throws Exception {
        Node.first().kill();
        assertThat(Node.first().isRunning()).isFalse();

        Node.first().start();

        assertThat(ready(Node.first())).isEqualTo(200);
    }

    @Test
    void twoNodesShareOneDatabase() throws Exception {
        Node.second().start();

        assertThat(ready(Node.second())).isEqualTo(200);
        assertThat(ready(Node.first())).isEqualTo(200);

        Node.second().stop();
    }

    @Test
    void theDatabaseComesBackWithItsData() throws Exception {
        execute("CREATE TABLE kept (id int)");

        TestDatabase.restart();

        execute("DROP TABLE kept");
        assertThat(ready(Node.first())).isEqualTo(200);
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int ready(Node node) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.baseUri().resolve("health/ready"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    /**
     * How often Tomcat has warned of something left behind, by this or an earlier deployment. Its own background threads,
     * which happen to look after an application at that moment, do not count.
     */
    private static long leakWarnings(Node node) throws IOException {
        long warnings = 0;
        try (Stream<Path> files = Files.list(node.base().resolve("logs"))) {
            for (Path file : files.toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    warnings += lines.filter(line -> line.contains("memory leak")
                                    || line.contains("failed to stop it")
                                    || line.contains("failed to unregister"))
                            .filter(line -> !line.contains("thread named [Catalina-utility-"))
                            .count();
                }
            }
        }
        return warnings;
    }
}
