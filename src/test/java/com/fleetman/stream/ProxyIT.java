package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.Deployments;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Nginx;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import com.fleetman.testing.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes behind nginx as {@code docker/nginx} configures it, for clients that speak HTTP/2 over TLS: what they get, and
 * that none of it is lost when a node or nginx's processes go.
 */
@Tag("once")
@InContainer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxyIT {
    private static final String CONTEXT_XML = "META-INF/context.xml";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static @Nullable Nginx nginx;
    private static @Nullable Quiet quiet;

    /** A stream on which nothing but heartbeats happens, from the first test to the last. */
    private record Quiet(Account sender, Account reader, HttpClient client, EventStream stream, long since) {}

    /** The war with the valve of {@code docker/tomcat/server.xml}, which the nodes' own configuration lacks. */
    @Deployment(testable = false)
    static WebArchive war() throws IOException {
        WebArchive war = Deployments.war();
        String context;
        try (InputStream in = war.get(CONTEXT_XML).getAsset().openStream()) {
            context = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String valve = only("<Valve className=\"[^\"]*RemoteIpValve\"[^>]*/>", Path.of("docker/tomcat/server.xml"), 0);
        war.delete(CONTEXT_XML);
        return war.add(new StringAsset(context.replace("</Context>", valve + "</Context>")), CONTEXT_XML);
    }

    @BeforeAll
    static void start() throws IOException {
        Nginx.require();
        nginx = Nginx.start("both", Node.first(), Node.second());
        Account[] users = Account.friends(Node.first(), "Silencio", "Paciencia");
        HttpClient client = nginx().newClient();
        // The second node does not run yet: this stream is one of the first node, which runs to the end.
        EventStream stream = nginx().open(client, users[1], "").awaitConnected();
        quiet = new Quiet(users[0], users[1], client, stream, System.nanoTime());
    }

    @AfterAll
    static void stop() {
        if (quiet != null) {
            quiet.stream().close();
            quiet.client().shutdownNow();
        }
        if (nginx != null) {
            nginx.close();
        }
        quiet = null;
        nginx = null;
    }

    private static Nginx nginx() {
        return java.util.Objects.requireNonNull(nginx);
    }

    private static void bothNodes() {
        if (!Node.second().isRunning()) {
            Node.second().start();
        }
    }

    /** What the pattern finds in the file; it must be there once. */
    private static String only(String pattern, Path file, int group) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(found.find()).as(pattern).isTrue();
        String text = found.group(group);
        assertThat(found.find()).as("a second " + pattern).isFalse();
        return text;
    }

    @Test
    void speaksHttp2AndSendsWhatAnEventSourceNeeds() throws IOException {
        Account user = Account.register(Node.first(), "Cabecera");
        try (HttpClient client = nginx().newClient();
                EventStream stream = nginx().open(client, user, "").awaitConnected()) {
            assertThat(stream.head())
                    .startsWith("HTTP/2.0 200\n")
                    .contains("content-type: text/event-stream")
                    .contains("cache-control: no-cache\n")
                    .doesNotContain("content-encoding")
                    .doesNotContain("content-length")
                    // This one is a word from the node to nginx.
                    .doesNotContain("x-accel-buffering");
        }
    }

    @Test
    void letsEachEventThroughAsItComes() throws IOException {
        Account[] users = Account.friends(Node.first(), "Goteo", "Cubo");
        try (HttpClient client = nginx().newClient();
                EventStream stream = nginx().open(client, users[1], "").awaitConnected()) {
            int heartbeats = stream.comments().size();
            for (int i = 0; i < 20; i++) {
                users[0].write(users[1], "gota " + i);
                // The message and its notification; the next is written only when both are there.
                stream.awaitId(3 + 2L * i);
            }
            assertThat(stream.comments().size() - heartbeats)
                    .as("heartbeats while 20 messages came one by one: none of them waited for the next heartbeat")
                    .isLessThan(10);
            assertThat(stream.isEnded()).isFalse();
        }
    }

    @Test
    void carriesManyStreamsOverOneConnection() throws IOException {
        Account[] users = Account.friends(Node.first(), "Haz", "Fibra");
        var streams = new ArrayList<EventStream>();
        try (HttpClient client = nginx().newClient()) {
            try {
                for (int i = 0; i < 8; i++) {
                    streams.add(nginx().open(client, users[1], "").awaitConnected());
                }
                users[0].write(users[1], "para todas");
                streams.forEach(stream -> stream.awaitId(3));
            } finally {
                streams.forEach(EventStream::close);
            }
        }
    }

    @Test
    void tellsTheNodeSchemeHostAndPort() throws IOException {
        Account user = Account.register(Node.first(), "Origen");
        URI base = nginx().baseUri();
        String own = "https://" + base.getRawAuthority();
        try (HttpClient client = nginx().newClient()) {
            assertThat(rename(client, user, own).statusCode()).isEqualTo(200);
            for (String other : List.of(
                    "http://" + base.getRawAuthority(),
                    "https://" + base.getHost(),
                    "http://" + base.getHost() + ":" + Node.first().port(),
                    "https://evil.example")) {
                HttpResponse<String> refused = rename(client, user, other);
                assertThat(refused.statusCode()).as(other).isEqualTo(403);
                assertThat(refused.body()).contains("cross_site");
            }
        }
    }

    /** With the cookie, so that the origin of the page counts, and without the header that browsers send besides. */
    private static HttpResponse<String> rename(HttpClient client, Account user, String origin) throws IOException {
        return nginx().exchange(
                        client,
                        "PATCH",
                        "users/me",
                        "{\"companyName\":\"Renombrada\"}",
                        "Cookie",
                        "fleetman_token=" + user.token(),
                        "Origin",
                        origin);
    }

    @Test
    void tellsTheNodeTheClientsAddressAndNotWhatTheClientSays() throws Exception {
        String login = Json.write(Map.of("email", UUID.randomUUID() + "@fleetman.example", "password", "equivocada 1"));
        String client = "127.0.0.77";
        String claimed = "203.0.113.7";
        long before = failuresFrom(client);
        try (HttpClient far = nginx().newClient(client)) {
            assertThat(nginx().exchange(
                                    far,
                                    "POST",
                                    "auth/login",
                                    login,
                                    "X-Forwarded-For",
                                    claimed,
                                    "Forwarded",
                                    "for=" + claimed)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(failuresFrom(client)).isEqualTo(before + 1);
        assertThat(failuresFrom(claimed)).isZero();
    }

    /** The failed sign-ins of an address, as the limiter keeps them. */
    private static long failuresFrom(String address) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(("address:" + address).getBytes(StandardCharsets.UTF_8));
        return Rows.number(
                "select coalesce(sum(failures), 0) from login_failure where key = ?",
                "address:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    @Test
    void answersWithAProblemWhenNoNodeDoes() throws IOException {
        Account user = Account.register(Node.first(), "Nadie");
        try (Nginx lonely = Nginx.start("lonely", Node.second())) {
            // The second node may run for another test.
            if (Node.second().isRunning()) {
                Node.second().stop();
            }
            try (HttpClient client = lonely.newClient();
                    EventStream stream = lonely.open(client, user, "")) {
                HttpResponse<String> answer = lonely.exchange(client, "POST", "messages", "{}");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
                assertThat(answer.headers().firstValue("retry-after")).contains("2");
                JsonNode problem = Json.tree(answer.body());
                assertThat(problem.get("code").asText()).isEqualTo("try_again");
                assertThat(problem.get("status").asInt()).isEqualTo(503);
                assertThat(stream.status()).isEqualTo(503);
            }
        }
    }

    @Test
    void aReadTimeoutBelowTheHeartbeatWouldCutStreams() throws IOException {
        Account user = Account.register(Node.first(), "Corta");
        try (Nginx impatient = Nginx.start(
                        "impatient",
                        text -> text.replaceAll("proxy_read_timeout [0-9]+s", "proxy_read_timeout 1s"),
                        Node.first());
                HttpClient client = impatient.newClient();
                EventStream stream = impatient.open(client, user, "").awaitConnected()) {
            stream.awaitEnd();
        }
    }

    /** Last, so that the time has passed with the other tests. */
    @Test
    @Order(Integer.MAX_VALUE)
    void heartbeatsKeepAQuietStreamOpenBeyondTheReadTimeout() throws IOException {
        Quiet open = java.util.Objects.requireNonNull(quiet);
        Duration timeout = Duration.ofSeconds(Long.parseLong(only(
                "(?s)/api/v1/notifications/stream\\$ \\{[^}]*proxy_read_timeout ([0-9]+)s;",
                Path.of("docker/nginx/nginx.conf"),
                1)));
        await("the read timeout to pass")
                .atMost(timeout.plusSeconds(20))
                .until(() -> open.stream().isEnded()
                        || System.nanoTime() - open.since()
                                > timeout.plusSeconds(2).toNanos());
        assertThat(open.stream().isEnded()).isFalse();
        assertThat(open.stream().events()).hasSize(1);
        open.sender().write(open.reader(), "sigo aquí");
        open.stream().awaitId(3);
    }

    @Test
    void theClientsOfADrainedNodeMoveToTheOtherWithoutALoss() {
        bothNodes();
        try (var scene = new Scene(nginx())) {
            scene.traffic.awaitMore(30);
            Node.second().stop();
            scene.traffic.awaitMore(30);
            scene.assertNothingLost();
            long told = scene.devices.stream()
                    .filter(device -> device.events().stream()
                            .anyMatch(event -> event.name().equals("reconnect")))
                    .count();
            assertThat(told).as("devices that the node has told to come back").isBetween(1L, 5L);
        }
    }

    @Test
    void theClientsOfAKilledNodeMoveToTheOtherWithoutALoss() {
        bothNodes();
        try (var scene = new Scene(nginx())) {
            scene.traffic.awaitMore(30);
            Node.second().kill();
            scene.traffic.awaitMore(30);
            scene.assertNothingLost();
            assertThat(scene.moved()).as("devices that were cut off").isBetween(1L, 5L);
        }
    }

    @Test
    void aReloadOfNginxMovesTheClientsToItsNewProcessesWithoutALoss() {
        bothNodes();
        try (Nginx reloaded = Nginx.start(
                        "reloaded",
                        text -> text.replaceAll("worker_shutdown_timeout [0-9]+s", "worker_shutdown_timeout 1s"),
                        Node.first(),
                        Node.second());
                var scene = new Scene(reloaded)) {
            List<Long> old = reloaded.workers();
            scene.traffic.awaitMore(30);
            reloaded.reload();
            await("the end of the old workers")
                    .atMost(PATIENCE)
                    .until(() -> reloaded.workers().stream().noneMatch(old::contains));
            scene.traffic.awaitMore(30);
            scene.assertNothingLost();
            assertThat(scene.moved()).as("devices that were cut off").isEqualTo(6);
        }
    }

    /** Two users, three devices each, and messages from one to the other without a pause; all of it through nginx. */
    private static final class Scene implements AutoCloseable {
        final List<Device> devices = new ArrayList<>();
        final Traffic traffic;
        private final HttpClient client;

        Scene(Nginx nginx) {
            client = nginx.newClient();
            Account[] users = Account.friends(Node.first(), "Partida", "Llegada");
            for (int i = 0; i < 3; i++) {
                for (Account user : users) {
                    devices.add(new Device(nginx, user));
                }
            }
            traffic = new Traffic(
                    (method, path, body, headers) -> nginx.exchange(client, method, path, body, headers),
                    users[0],
                    users[1],
                    List.of(503));
        }

        long moved() {
            return devices.stream().filter(device -> device.streams.size() > 1).count();
        }

        /** Every device has every message and nothing twice, its log has no gap, and no answer made it give up. */
        void assertNothingLost() {
            List<String> sent = traffic.end();
            for (Device device : devices) {
                device.await("\"" + sent.getLast() + "\"");
                device.end();
                List<EventStream.Event> logged = device.events().stream()
                        .filter(EventStream.Event::isLogged)
                        .toList();
                long expected = Long.parseLong(String.valueOf(logged.getFirst().id()));
                for (EventStream.Event event : logged) {
                    assertThat(event.id()).isEqualTo(Long.toString(expected++));
                }
                assertThat(logged.stream()
                                .filter(event -> event.name().equals("chat-message"))
                                .map(event -> event.data()
                                        .get("message")
                                        .get("content")
                                        .asText())
                                .toList())
                        .isEqualTo(sent);
                assertThat(device.streams)
                        .as("a browser gives up for good at another status")
                        .allMatch(stream -> stream.status() == 200);
            }
        }

        @Override
        public void close() {
            traffic.end();
            client.shutdownNow();
            for (Device device : devices) {
                device.end();
            }
        }
    }

    /** Comes back through nginx with its last id whenever it is cut off, on connections of its own. */
    private static final class Device {
        final List<EventStream> streams = new CopyOnWriteArrayList<>();
        private final Nginx nginx;
        private final Account account;
        private final HttpClient client;
        private final CompletableFuture<Void> running;
        private volatile boolean stop;

        Device(Nginx nginx, Account account) {
            this.nginx = nginx;
            this.account = account;
            this.client = nginx.newClient();
            comeBack("");
            streams.getFirst().awaitConnected();
            this.running = Background.run(this::run);
        }

        private void run() {
            while (!stop) {
                EventStream last = streams.getLast();
                org.awaitility.Awaitility.await("the end of a stream")
                        .forever()
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> last.isEnded() || stop);
                if (!stop) {
                    comeBack(last.lastEventId());
                }
            }
        }

        private void comeBack(String lastEventId) {
            try {
                streams.add(nginx.open(client, account, lastEventId));
            } catch (IOException e) {
                // No answer at all: a browser tries again, as does the next round.
                Thread.onSpinWait();
            }
        }

        List<EventStream.Event> events() {
            return streams.stream().flatMap(stream -> stream.events().stream()).toList();
        }

        void await(String text) {
            org.awaitility.Awaitility.await(text)
                    .atMost(PATIENCE)
                    .until(() -> running.isDone()
                            || events().stream().anyMatch(event -> event.text().contains(text)));
        }

        void end() {
            stop = true;
            running.orTimeout(60, TimeUnit.SECONDS).join();
            streams.forEach(EventStream::close);
            client.shutdownNow();
        }
    }
}
