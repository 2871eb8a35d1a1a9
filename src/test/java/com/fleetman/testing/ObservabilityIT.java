package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of a node: metrics, health, the canary, and logs as JSON, all on one that is started for it. */
@InContainer
class ObservabilityIT {
    private static final String SCRAPE_TOKEN = "only-for-scrapers-0123456789";
    private static final String CANARY = "00000000-0000-4000-8000-00000000ca9a";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String REQUEST_ID = "request-of-the-observability-test";

    private final Node node = Node.second();

    @BeforeEach
    void start() {
        node.start(Map.of("metrics.token", SCRAPE_TOKEN, "canary.seconds", "1", "log.format", "json"));
    }

    @AfterEach
    void stop() {
        node.stopIfRunning();
    }

    /** One test, since each start of a server costs what ten others do. */
    @Test
    void anOperatorSeesWhatANodeDoes() {
        Account[] users = Account.friends(node, "Vista", "Visible");
        Account admin = Account.register(node, "Vigilante");
        admin.becomeAdministrator();
        onlyOperatorsReadMetrics(users[0], admin);

        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            users[0].write(users[1], "a message to be counted");
            stream.awaitNamed("chat-message");
            countsMove(users);
            whatIsNewIsNotReadFromTheLog(users, stream);
            theCanarySings();
            theCanaryIsNobody(users[0], admin);
        }
        logsAreObjects(users[1]);
    }

    private void onlyOperatorsReadMetrics(Account user, Account admin) {
        Account.Answer nobody = Account.exchange(node, "GET", "/metrics", null);
        assertThat(nobody.problem()).isEqualTo("401 unauthenticated");
        assertThat(nobody.http().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(user.get("/metrics").problem()).isEqualTo("403 forbidden");
        assertThat(user.withToken("wrong").get("/metrics").problem()).isEqualTo("401 token_invalid");
        assertThat(admin.get("/metrics").http().body()).contains("fleetman_streams_open");
        assertThat(Account.exchange(node, "GET", "/metrics", null, "Cookie", "fleetman_token=" + user.token())
                        .problem())
                .isEqualTo("403 forbidden");
    }

    private void countsMove(Account[] users) {
        await("the counts").atMost(LIMIT).untilAsserted(() -> {
            users[0].write(users[1], "another message to be counted");
            List<String> lines = scrape().lines().toList();
            assertThat(lines).contains("fleetman_streams_open 1.0", "fleetman_bus_up 1.0");
            assertThat(value(lines, "fleetman_events_appended_total ")).isPositive();
            assertThat(value(lines, "fleetman_events_delivered_total ")).isPositive();
            assertThat(value(lines, "fleetman_commit_to_write_seconds_count ")).isPositive();
            assertThat(value(
                            lines,
                            "fleetman_http_request_seconds_count{method=\"POST\",route=\"/messages\",status=\"2xx\"} "))
                    .isPositive();
            assertThat(value(lines, "jvm_threads_live_threads ")).isPositive();
            assertThat(value(lines, "process_files_open_files ")).isPositive();
            assertThat(value(lines, "fleetman_pool_acquired_total ")).isPositive();
        });
        assertThat(scrape()).doesNotContain("@", REQUEST_ID);
    }

    /** A message is two events for its recipient, which the stream is handed over in their order. */
    private void whatIsNewIsNotReadFromTheLog(Account[] users, EventStream stream) {
        int messages = 30;
        double before = value(scrape().lines().toList(), "fleetman_catch_up_events_total ");
        for (int i = 1; i <= messages; i++) {
            users[0].write(users[1], "handed over " + i);
        }
        stream.await("the last message", event -> event.text().contains("handed over " + messages));
        double read = value(scrape().lines().toList(), "fleetman_catch_up_events_total ") - before;
        // Some may be: the comparison with the log can be faster than the one that commits.
        assertThat(read).isLessThan(messages / 2.0);
    }

    private void theCanarySings() {
        await("the canary")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(value(scrape().lines().toList(), "fleetman_canary_seconds_count "))
                        .isPositive());
        await("readiness").atMost(LIMIT).untilAsserted(() -> {
            Account.Answer ready = Account.exchange(node, "GET", "/health/ready", null);
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.http().body())
                    .isEqualTo("{\"status\":\"up\",\"checks\":{\"bus\":\"up\",\"canary\":\"up\",\"database\":\"up\","
                            + "\"schema\":\"up\",\"streams\":\"up\"}}");
        });
        assertThat(Account.exchange(node, "GET", "/health/live", null).http().body())
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"scheduler\":\"up\"}}");
        assertThat(Account.exchange(node, "GET", "/health/started", null).http().body())
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"schema\":\"up\"}}");
    }

    private void theCanaryIsNobody(Account user, Account admin) {
        assertThat(admin.post("admin/users/" + CANARY + "/reactivate", null).problem())
                .isEqualTo("404 user_not_found");
        assertThat(user.post("messages", Map.of("recipientId", CANARY, "content", "pst"))
                        .status())
                .isIn(403, 404);
        assertThat(user.get("users/discover?searchTerm=fleetman").data().toString())
                .doesNotContain(CANARY);
        assertThat(Account.exchange(node, "POST", "auth/login", "{\"email\":\"canary\",\"password\":\"!\"}")
                        .status())
                .isIn(400, 401);
        assertThat(Rows.number("select count(*) from user_session where user_id = ?::uuid", CANARY))
                .isZero();
    }

    private void logsAreObjects(Account user) {
        await("the end of the stream in the log")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(objects(user)).anySatisfy(line -> {
                    assertThat(line.path("message").asText()).startsWith("stream closed");
                    assertThat(line.path("streamId").asText()).hasSize(36);
                    assertThat(line.path("node").asText()).isEqualTo("node-2");
                }));
        assertThat(objects(user)).anySatisfy(line -> {
            assertThat(line.path("message").asText()).startsWith("registered user");
            assertThat(line.path("requestId").asText()).hasSize(36);
        });
        assertThat(node.logged()).doesNotContain("a message to be counted", user.token(), user.refreshToken());
    }

    /** Lines of the node's output that are JSON and about this user. */
    private List<JsonNode> objects(Account user) {
        return node.logged()
                .lines()
                .filter(line ->
                        line.startsWith("{") && line.endsWith("}") && line.contains("\"logger\":\"com.fleetman"))
                .map(Json::tree)
                .filter(line -> line.path("userId").asText().equals(user.id().toString()))
                .toList();
    }

    private String scrape() {
        Account.Answer answer = Account.exchange(
                node, "GET", "/metrics", null, "Authorization", "Bearer " + SCRAPE_TOKEN, "X-Request-Id", REQUEST_ID);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        return answer.http().body();
    }

    private static double value(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElse(0);
    }
}
