package com.fleetman.platform.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtelTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-" + PARENT + "-00";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeExporter collector = new FakeExporter();
    private final SpanQueue queue = new SpanQueue(collector, Executors.newVirtualThreadPerTaskExecutor());
    private final AtomicReference<Tracing.@Nullable Request> current = new AtomicReference<>();
    private final OtelTracing tracing = new OtelTracing(queue, Resource.empty(), 1, current::get);
    private final UUID user = Ids.next();
    private final UUID stream = Ids.next();

    @AfterEach
    void close() {
        collector.release();
        tracing.close();
    }

    private Tracing.Request begin(SentRequest sent) {
        Tracing.Request request = tracing.request(sent.servletRequest());
        current.set(request);
        return request;
    }

    private void collect() {
        tracing.close();
    }

    private static @Nullable Object attribute(SpanData span, String name) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Test
    void aRequestIsAServerSpanBelowTheOneThatItCameWith() {
        var sent = new SentRequest(
                "POST",
                "/fleetman/api/v1/messages;jsessionid=sesame",
                Map.of("traceparent", List.of(SAMPLED), "tracestate", List.of("a=1", "b=2")));
        begin(sent).answered("/messages", 201, user.toString());
        collect();

        SpanData span = collector.span("POST /api/v1/messages");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getSpanContext().getTraceState().asMap()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        AttributeKey.stringKey("http.request.method"), "POST",
                        AttributeKey.stringKey("http.route"), "/api/v1/messages",
                        AttributeKey.longKey("http.response.status_code"), 201L,
                        AttributeKey.stringKey("url.path"), "/fleetman/api/v1/messages",
                        AttributeKey.stringKey("url.scheme"), "https",
                        AttributeKey.stringKey("server.address"), "fleetman.example",
                        AttributeKey.longKey("server.port"), 443L,
                        AttributeKey.stringKey("network.protocol.version"), "1.1",
                        AttributeKey.stringKey("user.id"), user.toString(),
                        AttributeKey.stringKey("fleetman.request.id"), "request-1"));
    }

    @Test
    void onlyWhatTheServerFailedAtIsAnError() {
        begin(SentRequest.of("GET", "/a")).answered("/a", 404, "");
        begin(SentRequest.of("GET", "/b")).answered("/b", 503, "");
        collect();

        assertThat(collector.span("GET /api/v1/a").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(collector.span("GET /api/v1/b").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(collector.span("GET /api/v1/b"), "error.type")).isEqualTo("503");
    }

    @Test
    void whatAClientMakesUpIsNoNameOfASpan() {
        begin(SentRequest.of("SESAME", "/x")).answered(null, 404, "");
        collect();

        assertThat(collector.span("HTTP").getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("http.request.method"), "_OTHER")
                .doesNotContainKey(AttributeKey.stringKey("http.route"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sesame",
                "00-" + TRACE + "-" + PARENT,
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-0x",
            })
    void anInvalidParentIsNone(String traceparent) {
        begin(SentRequest.traced(traceparent)).answered("/messages", 201, "");
        collect();

        SpanData span = collector.span("POST /api/v1/messages");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    void severalParentsAreNone() {
        begin(SentRequest.traced(SAMPLED, SAMPLED)).answered("/messages", 201, "");
        collect();

        assertThat(collector.span("POST /api/v1/messages").getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    void aParentOfALaterVersionIsUnderstood() {
        begin(SentRequest.traced("cc-" + TRACE + "-" + PARENT + "-01-what-comes"))
                .answered("/messages", 201, "");
        collect();

        assertThat(collector.span("POST /api/v1/messages").getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void anEventIsAppendedAndDeliveredInTheTraceOfItsRequest() {
        Tracing.Request request = begin(SentRequest.traced(SAMPLED));
        Tracing.Append append = Objects.requireNonNull(tracing.append("chat-message", user, 7));
        append.committed();
        request.answered("/messages", 201, "");
        tracing.delivered(new Tracing.Delivery(
                "chat-message",
                append.traceparent(),
                user,
                7,
                stream,
                false,
                2,
                Duration.ofMillis(30).toNanos()));
        collect();

        SpanData appended = collector.span("append chat-message");
        assertThat(appended.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(appended.getParentSpanId()).isEqualTo(request.spanId());
        assertThat(append.traceparent()).isEqualTo("00-" + TRACE + "-" + appended.getSpanId() + "-01");
        SpanData delivered = collector.span("deliver chat-message");
        assertThat(delivered.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(delivered.getTraceId()).isEqualTo(TRACE);
        assertThat(delivered.getParentSpanId()).isEqualTo(appended.getSpanId());
        assertThat(delivered.getEndEpochNanos() - delivered.getStartEpochNanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(29).toNanos());
        assertThat(delivered.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("messaging.system"), "fleetman")
                .containsEntry(AttributeKey.stringKey("messaging.operation.name"), "deliver")
                .containsEntry(AttributeKey.stringKey("messaging.message.id"), "7")
                .containsEntry(AttributeKey.stringKey("user.id"), user.toString())
                .containsEntry(AttributeKey.stringKey("fleetman.stream.id"), stream.toString())
                .containsEntry(AttributeKey.longKey("fleetman.lag.events"), 2L)
                .containsEntry(AttributeKey.booleanKey("fleetman.replayed"), false);
    }

    @Test
    void theDefaultEventIsCalledMessage() {
        begin(SentRequest.traced(SAMPLED));
        Objects.requireNonNull(tracing.append("", user, 1)).committed();
        collect();

        assertThat(collector.span("append message").getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        begin(SentRequest.traced(SAMPLED));
        assertThat(tracing.append("chat-message", user, 7)).isNotNull();
        collect();

        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void anEventIsTracedOnlyIfItsRequestIsRecorded() {
        assertThat(tracing.append("chat-message", user, 7)).isNull();

        Tracing.Request request = begin(SentRequest.traced(NOT_SAMPLED));
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(tracing.append("chat-message", user, 7)).isNull();
        request.answered("/messages", 201, "");
        collect();

        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void theSampleDecidesOfWhatBeginsHereAlone() {
        var none = new OtelTracing(queue, Resource.empty(), 0, current::get);

        none.request(SentRequest.of("GET", "/a").servletRequest()).answered("/here", 200, "");
        none.request(SentRequest.traced(SAMPLED).servletRequest()).answered("/there", 200, "");
        none.close();

        assertThat(collector.spans())
                .singleElement()
                .satisfies(span -> assertThat(span.getName()).isEqualTo("POST /api/v1/there"));
    }

    @Test
    void aStuckCollectorLosesSpansAndDelaysNobody() {
        collector.stick();
        int requests = SpanQueue.CAPACITY + 2_000;
        for (int i = 0; i < requests; i++) {
            begin(SentRequest.of("GET", "/a")).answered("/a", 200, "");
        }

        // One batch is in the collector's hands, and the queue is full.
        assertThat(tracing.dropped()).isBetween(2_000L - 512, 2_000L);
        collector.release();
        collect();
        assertThat(tracing.exported() + tracing.dropped()).isEqualTo(requests);
        assertThat(collector.spans()).hasSize((int) tracing.exported());
    }

    @Test
    void whatTheCollectorRefusesIsCountedAsDropped() {
        collector.refuse();
        begin(SentRequest.of("GET", "/a")).answered("/a", 200, "");

        await("the refusal").atMost(SOON).until(() -> tracing.dropped() == 1);
        assertThat(tracing.exported()).isZero();
    }

    @Test
    void whatIsLeftIsSentAtTheEnd() {
        begin(SentRequest.of("GET", "/a")).answered("/a", 200, "");
        tracing.close();

        assertThat(collector.spans()).hasSize(1);
        assertThat(collector.isShutDown()).isTrue();
        assertThat(tracing.exported()).isEqualTo(1);
    }
}
