package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo machines are made of, as a server is asked for it. */
class DemoFleetTest {
    private static final DemoData.Session OWNER = new DemoData.Session("the-owner", "owner-token");
    private static final DemoData.Session PROVIDER = new DemoData.Session("the-provider", "provider-token");

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private String known = "{\"success\":true,\"data\":{\"items\":[],\"nextCursor\":null}}";
    private int status = 201;

    private record Request(String what, String token, String body) {
        JsonNode json() {
            return Json.tree(body);
        }
    }

    DemoFleetTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    method + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            byte[] answer = (method.equals("GET") ? known : "{\"data\":{\"id\":\"m" + requests.size() + "\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(method.equals("GET") ? 200 : status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void load() throws Exception {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        new DemoFleet(new DemoApi(base), OWNER, PROVIDER).load();
    }

    private List<Request> sent(String pattern) {
        return requests.stream()
                .filter(request -> request.what().matches(pattern))
                .toList();
    }

    private static Set<String> all(List<Request> requests, String field) {
        return requests.stream()
                .map(request -> request.json().at(field).asText())
                .collect(Collectors.toSet());
    }

    @Test
    void aDozenMachinesOfSeveralBrandsTimeZonesAndStatuses() throws Exception {
        load();

        assertThat(requests.get(0).what()).isEqualTo("GET /api/v1/machines?limit=1");
        List<Request> machines = sent("POST /api/v1/machines");
        assertThat(machines).hasSize(12).allSatisfy(machine -> {
            assertThat(machine.token()).isEqualTo("Bearer owner-token");
            assertThat(machine.json().at("/operatingHours").isNumber()).isTrue();
            assertThat(machine.json().at("/usageSchedule/dailyHours").isNumber())
                    .isTrue();
            assertThat(machine.json().at("/usageSchedule/operatingDays")).hasSizeBetween(5, 7);
            assertThat(machine.json().path("nickname").asText("none")).isNotBlank();
        });
        assertThat(all(machines, "/serialNumber")).hasSize(12);
        assertThat(all(machines, "/brand")).hasSizeGreaterThan(4);
        assertThat(all(machines, "/timezone")).hasSizeGreaterThan(5).isSubsetOf(ZoneId.getAvailableZoneIds());
        assertThat(all(machines, "/status"))
                .containsExactlyInAnyOrder("ACTIVE", "MAINTENANCE", "OUT_OF_SERVICE", "RETIRED");
        assertThat(machines.stream()
                        .filter(machine -> machine.json()
                                .path("assignedProviderId")
                                .asText()
                                .equals("the-provider")))
                .hasSize(10);
    }

    @Test
    void oneAlarmFiresAtTheNextRunWhateverTheDay() throws Exception {
        load();

        JsonNode first = sent("POST /api/v1/machines").get(0).json();
        assertThat(first.get("status").textValue()).isEqualTo("ACTIVE");
        assertThat(first.at("/usageSchedule/operatingDays")).hasSize(7);
        double daily = first.at("/usageSchedule/dailyHours").asDouble();
        List<Request> alarms = sent("POST /api/v1/machines/m\\d+/maintenance-alarms");
        assertThat(alarms).hasSize(4).allSatisfy(alarm -> {
            assertThat(alarm.json().get("title").textValue()).isNotBlank();
            assertThat(alarm.json().get("relatedParts")).isNotEmpty();
            assertThat(left(alarm)).isPositive();
        });
        assertThat(left(alarms.get(0))).isLessThanOrEqualTo(daily);
        assertThat(alarms.subList(1, 4))
                .allSatisfy(alarm -> assertThat(left(alarm)).isGreaterThan(24));
    }

    private static double left(Request alarm) {
        return alarm.json().get("intervalHours").asDouble()
                - alarm.json().get("accumulatedHours").asDouble();
    }

    @Test
    void theProviderChecksSomeWithEveryResult() throws Exception {
        load();

        List<Request> templates = sent("PUT /api/v1/machines/m\\d+/quick-checks/template");
        List<Request> checks = sent("POST /api/v1/machines/m\\d+/quick-checks");
        assertThat(checks).hasSameSizeAs(templates).hasSize(5);
        assertThat(all(checks, "/result")).containsExactlyInAnyOrder("approved", "disapproved", "notInitiated");
        for (int i = 0; i < checks.size(); i++) {
            assertThat(checks.get(i).token()).isEqualTo("Bearer provider-token");
            assertThat(checks.get(i).json().findValuesAsText("name"))
                    .isEqualTo(templates.get(i).json().findValuesAsText("name"))
                    .hasSize(5);
            assertThat(checks.get(i).json().findValuesAsText("note"))
                    .hasSize(checks.get(i).body().split("\"result\":\"disapproved\",\"note\"", -1).length - 1)
                    .allSatisfy(note -> assertThat(note).isNotBlank());
        }
    }

    @Test
    void anOwnerWhoHasMachinesIsLeftAlone() throws Exception {
        known = "{\"success\":true,\"data\":{\"items\":[{\"id\":\"x\",\"serialNumber\":\"LTM-0417\"}]}}";
        load();

        assertThat(requests).hasSize(1);
    }

    @Test
    void aMachineThatIsRefusedStopsNothing() throws Exception {
        status = 409;
        load();

        assertThat(requests).hasSize(13);
    }
}
