package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The servers under test come, go and come back as the other tests need it. */
@InContainer
class HarnessIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aNodeAnswers() throws Exception {
        assertThat(ready(Node.first())).isEqualTo(200);
    }

    /**
     * The JVM may keep the classes of the last ones for a while, so it is their number that counts. Where the application
     * comes and goes with its process, nothing can be left but what others keep of it.
     */
    @Test
    void anApplicationThatIsRestartedLeavesNoThreadsConnectionsOrClasses() throws Exception {
        long before = leakWarnings();
        Account[] users = Account.friends(Node.first(), "Primera", "Segunda");

        for (int round = 0; round < (Node.first().redeploys() ? 4 : 2); round++) {
            users[0].write(users[1], "everything has been in use");
            try (EventStream open = EventStream.open(users[1]).awaitConnected()) {
                Node.first().stopApplication();
                open.awaitNamed("reconnect");
            }
            assertThat(connections()).isZero();
            if (Node.first().isRunning()) {
                assertThat(Node.first().ownThreads()).isEmpty();
            }
            Node.first().startApplication();
            assertThat(ready(Node.first())).isEqualTo(200);
        }

        assertThat(leakWarnings()).isEqualTo(before);
        await("the garbage collector to unload the first of the stopped applications")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Node.first().copiesInMemory()).isBetween(1L, 3L));
    }

    /** Sessions of the first node that PostgreSQL has. */
    private static long connections() {
        return Rows.number(
                "select count(*) from pg_stat_activity where application_name in ('fleetman node-1', 'fleetman-bus node-1')");
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
        await("the node to find the database again")
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(ready(Node.first())).isEqualTo(200));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int ready(Node node) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.baseUri().resolve("health/ready"))
                .timeout(Duration.ofSeconds(90))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    /**
     * How often the server has warned of something left behind, by this or an earlier deployment. Tomcat's own background
     * threads, which happen to look after an application at that moment, do not count, and neither does what Payara finds
     * when it has only looked at the classes of an application, which it does not know by name then.
     */
    private static long leakWarnings() {
        return Node.first()
                .logged()
                .lines()
                .filter(line -> line.contains("memory leak")
                        || line.contains("failed to stop it")
                        || line.contains("failed to unregister"))
                .filter(line -> !line.contains("thread named [Catalina-utility-"))
                .filter(line -> !line.contains("The web application [unknown]"))
                .count();
    }
}
