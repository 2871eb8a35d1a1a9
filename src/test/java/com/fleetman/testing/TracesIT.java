package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.Json;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message's way from its sender's request to its recipient's devices, as a collector of traces sees it. */
@InContainer
class TracesIT {
    private static final String SCRAPE_TOKEN = "only-for-scrapers-0123456789";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";
    private static final String SECRET = "c2VzYW1lOm9wZW4=";
    private static final String CONTENT = "sealed: the crane loses oil";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Node node = Node.second();

    @AfterEach
    void stop() {
        node.stopIfRunning();
    }

    private void start(String endpoint) {
        node.start(Map.of(
                "otlp.endpoint",
                endpoint,
                "otlp.headers",
                "Authorization=Basic%20" + SECRET.replace("=", "%3D"),
                "metrics.token",
                SCRAPE_TOKEN,
                "log.format",
                "json"));
    }

    private static void write(Account from, Account to) {
        write(from, to, CONTENT);
    }

    private static void write(Account from, Account to, String content) {
        from.post("messages", Map.of("recipientId", to.id(), "content", content), "traceparent", TRACEPARENT)
                .data();
    }

    private static String column(Account user, EventStream.Event event) {
        return String.valueOf(Rows.texts(
                        "select traceparent from user_event where user_id = ? and seq = ?",
                        user.id(),
                        Long.valueOf(String.valueOf(event.id())))
                .get(0));
    }

    @Test
    void aTraceGoesFromTheSenderThroughTheLogToEveryDevice() {
        try (var collector = new OtlpReceiver()) {
            start(collector.url());
            Account[] users = Account.friends(node, "Traza", "Lejana");
            try (EventStream near = EventStream.open(users[1]).awaitConnected();
                    EventStream far =
                            EventStream.open(users[1].at(Node.first())).awaitConnected()) {
                write(users[0], users[1]);
                EventStream.Event event = near.awaitNamed("chat-message");

                OtlpReceiver.Received append = theRequestAppends(collector, users);
                String traceparent = "00-" + TRACE + "-" + append.spanId() + "-01";
                assertThat(event.data().path("traceparent").asText()).isEqualTo(traceparent);
                assertThat(column(users[1], event)).isEqualTo(traceparent);
                assertThat(far.awaitNamed("chat-message").text()).isEqualTo(event.text());
                itIsDelivered(collector, append, near, false);
                itIsReplayed(collector, append, users[1], event);
                whatIsTooLargeForTheBusIsTracedToo(users, near, far);
            }
            theOpeningOfAStreamIsASpanAndItsLifeIsNone(collector);
            otherNodesTraceNothing(users);
            logsKnowTheTrace(users[0]);
            nothingIsToldThatIsNobodysBusiness(collector, users);
            await("the count of what was exported")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(scraped("exported")).isPositive());
            whatIsLeftIsSentAtTheEnd(collector, users);
        }
    }

    private OtlpReceiver.Received theRequestAppends(OtlpReceiver collector, Account[] users) {
        OtlpReceiver.Received request = collector.await("POST /api/v1/messages", span -> true);
        assertThat(request.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentId()).isEqualTo(CALLER);
        assertThat(request.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/api/v1/messages")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("url.path", "/fleetman/api/v1/messages")
                .containsEntry("user.id", users[0].id().toString());
        assertThat(request.resource())
                .containsEntry("service.name", "fleetman")
                .containsEntry("service.instance.id", "node-2")
                .containsKey("service.version");

        OtlpReceiver.Received append = collector.await(
                "append chat-message",
                span -> span.attribute("user.id").equals(users[1].id().toString()));
        assertThat(append.kind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
        assertThat(append.traceId()).isEqualTo(TRACE);
        assertThat(append.parentId()).isEqualTo(request.spanId());
        return append;
    }

    private static void itIsDelivered(
            OtlpReceiver collector, OtlpReceiver.Received append, EventStream stream, boolean replayed) {
        String id = stream.events().get(0).data().path("streamId").asText();
        OtlpReceiver.Received deliver = collector.await(
                "deliver chat-message",
                span -> span.attribute("fleetman.stream.id").equals(id));
        assertThat(deliver.kind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
        assertThat(deliver.traceId()).isEqualTo(TRACE);
        assertThat(deliver.parentId()).isEqualTo(append.spanId());
        assertThat(deliver.attributes())
                .containsEntry("user.id", append.attribute("user.id"))
                .containsEntry("messaging.message.id", append.attribute("messaging.message.id"))
                .containsEntry("fleetman.replayed", Boolean.toString(replayed))
                .containsKey("fleetman.lag.events");
    }

    private static void itIsReplayed(
            OtlpReceiver collector, OtlpReceiver.Received append, Account user, EventStream.Event event) {
        String before = Long.toString(Long.parseLong(String.valueOf(event.id())) - 1);
        try (EventStream back = EventStream.open(user, before).awaitConnected()) {
            assertThat(back.awaitNamed("chat-message").text()).isEqualTo(event.text());
            itIsDelivered(collector, append, back, true);
        }
    }

    /** The other node finds it in the log. */
    private static void whatIsTooLargeForTheBusIsTracedToo(Account[] users, EventStream near, EventStream far) {
        String large = "\ud83d\ude9c".repeat(1_000);
        write(users[0], users[1], large);
        EventStream.Event event = near.await(
                "the large message",
                some -> some.text().contains(large) && some.name().equals("chat-message"));

        assertThat(event.data().path("traceparent").asText()).startsWith("00-" + TRACE + "-");
        assertThat(far.await(
                                "the large message",
                                some -> String.valueOf(event.id()).equals(some.id()))
                        .text())
                .isEqualTo(event.text());
    }

    private static void theOpeningOfAStreamIsASpanAndItsLifeIsNone(OtlpReceiver collector) {
        OtlpReceiver.Received opening = collector.await("GET /api/v1/notifications/stream", span -> true);
        assertThat(opening.attribute("http.response.status_code")).isEqualTo("200");
    }

    private static void otherNodesTraceNothing(Account[] users) {
        try (EventStream stream = EventStream.open(users[0].at(Node.first())).awaitConnected()) {
            write(users[1].at(Node.first()), users[0]);
            EventStream.Event event = stream.awaitNamed("chat-message");
            assertThat(event.data().has("traceparent")).isFalse();
            assertThat(column(users[0], event)).isEqualTo("null");
        }
    }

    private void logsKnowTheTrace(Account user) {
        assertThat(node.logged().lines().filter(line -> line.startsWith("{") && line.endsWith("}")))
                .map(Json::tree)
                .anySatisfy(line -> {
                    assertThat(line.path("message").asText()).startsWith("registered user");
                    assertThat(line.path("userId").asText()).isEqualTo(user.id().toString());
                    assertThat(line.path("traceId").asText()).hasSize(32);
                    assertThat(line.path("spanId").asText()).hasSize(16);
                });
    }

    private void nothingIsToldThatIsNobodysBusiness(OtlpReceiver collector, Account[] users) {
        assertThat(collector.authorizations()).isNotEmpty().containsOnly("Basic " + SECRET);
        assertThat(node.logged()).doesNotContain(SECRET); // servers log how they were started, which is not decoded
        assertThat(collector.spans().toString())
                .doesNotContain("sealed", "@", "Traza", "Lejana", "Bearer", users[0].token(), users[1].token());
    }

    private void whatIsLeftIsSentAtTheEnd(OtlpReceiver collector, Account[] users) {
        users[0].get("users/me?left=sealed").data();
        node.stopIfRunning();

        assertThat(collector.spans()).extracting(OtlpReceiver.Received::name).contains("GET /api/v1/users/me");
    }

    /** It takes connections and never answers, which is worse than being away. */
    @Test
    void aDeadCollectorCostsSpansAndNothingElse() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            start("http://" + Node.HOST + ":" + silent.getLocalPort());
            Account[] users = Account.friends(node, "Muda", "Sorda");
            try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
                for (int i = 0; i < 20; i++) {
                    write(users[0], users[1]);
                }
                stream.await("the last message", event -> event.text().contains("\"unreadCount\":20"));
                await("the count of what was given up")
                        .atMost(LIMIT)
                        .untilAsserted(() -> assertThat(scraped("dropped")).isPositive());
                assertThat(scraped("exported")).isZero();
                write(users[0], users[1]);
                node.stopApplication();
                stream.awaitNamed("reconnect");
            }
            if (node.isRunning()) {
                assertThat(node.ownThreads()).isEmpty();
                // It ends with the pause that it is in, a second at most.
                await("the end of the thread that sends")
                        .atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(node.jcmd("Thread.print")).doesNotContain("BatchSpanProcessor"));
            }
        }
    }

    /** Only here is it sure that the server has no such classes of its own. */
    @Test
    @Tag("once")
    void withoutACollectorNothingOfItIsLoaded() {
        Account user = Account.register(Node.first(), "Nadie");
        user.get("users/me").data();

        List<String> loaded = Node.first()
                .jcmd("VM.classloaders", "show-classes=true")
                .lines()
                .filter(line -> line.contains("io.opentelemetry."))
                .toList();

        assertThat(loaded).isEmpty();
        assertThat(Node.first().jcmd("Thread.print")).doesNotContain("BatchSpanProcessor");
    }

    private double scraped(String count) {
        String name = "fleetman_trace_spans_" + count + "_total ";
        return Account.exchange(node, "GET", "/metrics", null, "Authorization", "Bearer " + SCRAPE_TOKEN)
                .http()
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }
}
