package com.fleetman.platform.traces;

import com.fleetman.platform.Api;
import com.fleetman.platform.RequestIds;
import com.fleetman.platform.RequestTimer;
import com.fleetman.platform.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans of OpenTelemetry, with the attributes of its semantic conventions (HTTP server spans, messaging spans) and ours,
 * which begin with {@code fleetman.}. None of them has contents, headers or query strings.
 */
final class OtelTracing implements Tracing {
    private static final String SCOPE = "com.fleetman";
    private static final int LONGEST = 256;

    private final SpanQueue queue;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Supplier<Tracing.@Nullable Request> current;

    /**
     * @param sample which part of the traces that begin here is recorded, 0 to 1
     * @param current the request that the thread which asks is serving
     */
    OtelTracing(SpanQueue queue, Resource resource, double sample, Supplier<Tracing.@Nullable Request> current) {
        this.queue = queue;
        this.provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sample)))
                .setSpanLimits(
                        SpanLimits.builder().setMaxAttributeValueLength(LONGEST).build())
                .addSpanProcessor(queue)
                .build();
        this.tracer = provider.get(SCOPE);
        this.current = current;
    }

    @Override
    public Tracing.Request request(HttpServletRequest request) {
        String method = RequestTimer.METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
        Span span = tracer.spanBuilder(nameOf(method))
                .setSpanKind(SpanKind.SERVER)
                .setParent(Parent.of(request))
                .setAttribute("http.request.method", method)
                .setAttribute("url.path", path(request.getRequestURI()))
                .setAttribute("url.scheme", request.getScheme())
                .setAttribute("server.address", request.getServerName())
                .setAttribute("server.port", request.getServerPort())
                .setAttribute("network.protocol.version", request.getProtocol().replaceFirst("^HTTP/", ""))
                .setAttribute("fleetman.request.id", RequestIds.of(request))
                .startSpan();
        return new Serving(span, method);
    }

    private static String nameOf(String method) {
        return method.equals("_OTHER") ? "HTTP" : method;
    }

    /** Without what some servers let follow a semicolon. */
    private static String path(String uri) {
        int parameters = uri.indexOf(';');
        return parameters < 0 ? uri : uri.substring(0, parameters);
    }

    private record Serving(Span span, String method) implements Tracing.Request {
        @Override
        public String traceId() {
            return span.getSpanContext().getTraceId();
        }

        @Override
        public String spanId() {
            return span.getSpanContext().getSpanId();
        }

        @Override
        public void answered(@Nullable String route, int status, String userId) {
            if (route != null) {
                span.updateName(nameOf(method) + " " + Api.ROOT + route);
                span.setAttribute("http.route", Api.ROOT + route);
            }
            if (!userId.isEmpty()) {
                span.setAttribute("user.id", userId);
            }
            span.setAttribute("http.response.status_code", status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
                span.setAttribute("error.type", Integer.toString(status));
            }
            span.end();
        }
    }

    @Override
    public Tracing.@Nullable Append append(String event, UUID userId, long seq) {
        if (!(current.get() instanceof Serving serving) || !serving.span().isRecording()) {
            return null;
        }
        Span span = event("append", event, userId, seq, SpanKind.PRODUCER)
                .setParent(Context.root().with(serving.span()))
                .setAttribute("messaging.operation.type", "send")
                .startSpan();
        return new Appending(span);
    }

    private record Appending(Span span) implements Tracing.Append {
        @Override
        public String traceparent() {
            SpanContext context = span.getSpanContext();
            return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                    + context.getTraceFlags().asHex();
        }

        @Override
        public void committed() {
            span.end();
        }
    }

    /** From the commit, where this node knows of it. */
    @Override
    public void delivered(Tracing.Delivery delivery) {
        Context parent = Parent.of(delivery.traceparent());
        if (!Span.fromContext(parent).getSpanContext().isValid()) {
            return;
        }
        SpanBuilder span = event("deliver", delivery.event(), delivery.userId(), delivery.seq(), SpanKind.CONSUMER)
                .setParent(parent)
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("fleetman.stream.id", delivery.streamId().toString())
                .setAttribute("fleetman.replayed", delivery.replayed())
                .setAttribute("fleetman.lag.events", delivery.lag());
        if (delivery.nanosSinceCommit() > 0) {
            span.setStartTimestamp(Instant.now().minusNanos(delivery.nanosSinceCommit()));
        }
        span.startSpan().end();
    }

    private SpanBuilder event(String operation, String event, UUID userId, long seq, SpanKind kind) {
        String name = event.isEmpty() ? "message" : event; // what browsers call the default event
        return tracer.spanBuilder(operation + " " + name)
                .setSpanKind(kind)
                .setAttribute("messaging.system", "fleetman")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.destination.name", name)
                .setAttribute("messaging.message.id", Long.toString(seq))
                .setAttribute("user.id", userId.toString());
    }

    @Override
    public long exported() {
        return queue.exported();
    }

    @Override
    public long dropped() {
        return queue.dropped();
    }

    @Override
    public void close() {
        provider.close();
    }
}
