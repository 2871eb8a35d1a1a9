package com.fleetman.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The development run as a newcomer meets it: started, tried, killed, started again, misconfigured. */
@Tag("once")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DevServerIT {
    /** One for all tests: unpacking and initialising PostgreSQL is what takes long. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @AfterEach
    void leavesNoPostgresBehind() throws IOException {
        Optional<Postmaster> leftover = postmaster();
        if (leftover.isPresent() && leftover.get().isRunning()) {
            ProcessHandle.of(leftover.get().pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void servesDemoAccountsAndKeepsWhatIsStoredOverACleanStop() throws Exception {
        String email = "kept-" + System.nanoTime() + "@fleetman.example";
        try (DevProcess run = DevProcess.start(data, Map.of())) {
            URI base = run.awaitAddress();
            for (String demo : new String[] {DemoData.OWNER, DemoData.PROVIDER, DemoData.ADMIN}) {
                assertThat(login(base, demo, DemoData.PASSWORD).statusCode())
                        .as(demo)
                        .isEqualTo(200);
            }
            assertThat(login(base, DemoData.ADMIN, DemoData.PASSWORD).body()).contains("\"type\":\"ADMIN\"");
            assertThat(contactsOf(base, DemoData.OWNER)).contains("Gr\u00faas del Norte");
            assertThat(contactsOf(base, DemoData.PROVIDER)).contains("Andamios R\u00edos");
            assertThat(machinesOf(base, DemoData.OWNER)).isEqualTo(12);
            assertThat(machinesOf(base, DemoData.PROVIDER)).isEqualTo(10);
            assertThat(get(base, DemoData.OWNER, "notifications?source=QUICKCHECK&limit=100"))
                    .contains("QUICKCHECK_APPROVED", "QUICKCHECK_DISAPPROVED", "QUICKCHECK_NOT_INITIATED");
            assertThat(register(base, email)).isEqualTo(201);
            assertThat(broken(base)).startsWith("HTTP/1.1 400").doesNotContain("<html");
            assertThat(run.lines()).noneMatch(line -> line.contains(" WARNING ") || line.contains(" SEVERE "));

            assertThat(run.terminate()).isEqualTo(143);
            assertThat(postmaster()).isEmpty();
            assertThat(processesOf(data)).isEmpty();
        }
        try (DevProcess again = DevProcess.start(data, Map.of("FLEETMAN_LOAD_USERS", "3"))) {
            URI base = again.awaitAddress();
            assertThat(login(base, email, "twelve characters").statusCode()).isEqualTo(200);
            assertThat(login(base, DemoData.OWNER, DemoData.PASSWORD).statusCode())
                    .isEqualTo(200);
            assertThat(machinesOf(base, DemoData.OWNER)).isEqualTo(12);
            assertHasLoadUsers(base, 3);
            again.terminate();
        }
    }

    private void assertHasLoadUsers(URI base, int count) throws IOException, InterruptedException {
        List<String> tokens = Files.readAllLines(data.resolve(LoadUsers.TOKENS));
        assertThat(tokens).hasSize(count);
        for (int i = 0; i < count; i++) {
            for (String path : new String[] {"users/me", "users/me/contacts"}) {
                HttpRequest request = HttpRequest.newBuilder(base.resolve("api/v1/" + path))
                        .header("Authorization", "Bearer " + tokens.get(i))
                        .timeout(Duration.ofSeconds(30))
                        .build();
                int expected = path.equals("users/me") ? i : (i + 1) % count;
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .contains(
                                path.equals("users/me") ? "load" + expected + "@fleetman.example" : "Load " + expected);
            }
        }
    }

    @Test
    void takesCareOfAPostgresThatAKilledRunLeftBehind() throws Exception {
        String email = "kept-" + System.nanoTime() + "@fleetman.example";
        long orphan;
        try (DevProcess run = DevProcess.start(data, Map.of())) {
            URI base = run.awaitAddress();
            assertThat(register(base, email)).isEqualTo(201);
            run.kill();
            orphan = postmaster().orElseThrow().pid();
            assertThat(postmaster().orElseThrow().isRunning()).isTrue();
        }
        try (DevProcess again = DevProcess.start(data, Map.of())) {
            URI base = again.awaitAddress();
            assertThat(again.output()).contains("an earlier run left behind (process " + orphan + ")");
            assertThat(postmaster().orElseThrow().pid()).isNotEqualTo(orphan);
            assertThat(login(base, email, "twelve characters").statusCode()).isEqualTo(200);

            try (DevProcess second = DevProcess.start(data, Map.of())) {
                assertRefused(second, "Another FleetMan is running on the data directory");
            }
            assertThat(login(base, email, "twelve characters").statusCode()).isEqualTo(200);
            again.terminate();
        }
        assertThat(processesOf(data)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FLEETMAN_HTTP_PORT, 99999, FLEETMAN_HTTP_PORT must be a whole number",
        "FLEETMAN_HEARTBEAT_SECONDS, abc, FLEETMAN_HEARTBEAT_SECONDS must be a whole number",
        "FLEETMAN_JWT_SECRET, short, FLEETMAN_JWT_SECRET must have at least 32 bytes",
        "FLEETMAN_HTTP_HOST, no.such.host.invalid, FLEETMAN_HTTP_HOST must be an address of this machine",
        "FLEETMAN_DB_URL, jdbc:oracle:thin:@db, FLEETMAN_DB_URL must start with jdbc:postgresql:",
        "FLEETMAN_DATA_DIR, /dev/null/data, The data directory is not usable: /dev/null/data",
    })
    void endsWithOneLineAfterAWrongSetting(String name, String value, String sentence) throws Exception {
        try (DevProcess run = DevProcess.start(data, Map.of(name, value))) {
            assertRefused(run, sentence);
        }
    }

    @Test
    void endsWithOneLineIfThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DevProcess run =
                        DevProcess.start(data, Map.of("FLEETMAN_HTTP_PORT", String.valueOf(taken.getLocalPort())))) {
            assertRefused(run, "Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used");
        }
    }

    @Test
    void endsWithOneLineIfTheDatabaseCannotBeReached() throws Exception {
        Map<String, String> nowhere = Map.of(
                "FLEETMAN_DB_URL", "jdbc:postgresql://127.0.0.1:1/fleetman?password=secret",
                "FLEETMAN_DB_USER", "fleetman");
        try (DevProcess run = DevProcess.start(data, nowhere)) {
            assertRefused(run, "The database jdbc:postgresql://127.0.0.1:1/fleetman cannot be used");
            assertThat(run.output()).doesNotContain("secret");
        }
    }

    private static void assertRefused(DevProcess run, String sentence) throws InterruptedException {
        assertThat(run.awaitExit()).as(run.output()).isEqualTo(1);
        assertThat(run.lines()).singleElement().asString().startsWith("FleetMan cannot start: " + sentence);
    }

    private HttpResponse<String> login(URI base, String email, String password)
            throws IOException, InterruptedException {
        return post(
                base.resolve("api/v1/auth/login"), "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    private int register(URI base, String email) throws IOException, InterruptedException {
        return post(
                        base.resolve("api/v1/auth/register"),
                        "{\"email\":\"%s\",\"password\":\"twelve characters\",\"type\":\"CLIENT\",\"companyName\":\"Kept\"}"
                                .formatted(email))
                .statusCode();
    }

    private String contactsOf(URI base, String email) throws IOException, InterruptedException {
        return get(base, email, "users/me/contacts");
    }

    private int machinesOf(URI base, String email) throws IOException, InterruptedException {
        return get(base, email, "machines?limit=100").split("\"serialNumber\"", -1).length - 1;
    }

    private String get(URI base, String email, String path) throws IOException, InterruptedException {
        String token = DemoData.text(login(base, email, DemoData.PASSWORD).body(), "token");
        HttpRequest request = HttpRequest.newBuilder(base.resolve("api/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(URI address, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The answer to a request that is none. */
    private static String broken(URI base) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /%zz<> HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<Postmaster> postmaster() throws IOException {
        return Postmaster.of(data.toRealPath().resolve("postgres"));
    }

    private static Stream<String> processesOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().commandLine().stream())
                .filter(command -> command.contains(directory + "/postgres"));
    }
}
