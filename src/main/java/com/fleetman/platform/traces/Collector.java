package com.fleetman.platform.traces;

import com.fleetman.platform.ApiDescription;
import com.fleetman.platform.LogContext;
import com.fleetman.platform.Settings;
import com.fleetman.platform.TraceSettings;
import com.fleetman.platform.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Traces that are sent to a collector: OTLP over HTTP with protobuf, by the HTTP client of the JDK. */
final class Collector {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Collector() {}

    /** @param settings with an endpoint */
    static Tracing tracing(Settings settings) {
        TraceSettings traces = settings.monitoring().traces();
        URI endpoint = traces.endpoint().orElseThrow();
        ExecutorService senders = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fleetman-otlp-", 0).factory());
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(TIMEOUT)
                .setCompression("gzip")
                .setExecutorService(senders);
        traces.headers().forEach(exporter::addHeader);
        return new OtelTracing(
                new SpanQueue(exporter.build(), senders),
                resource(settings.node()),
                traces.sample(),
                LogContext::currentTrace);
    }

    private static Resource resource(String node) {
        return Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                "fleetman",
                AttributeKey.stringKey("service.instance.id"),
                node,
                AttributeKey.stringKey("service.version"),
                ApiDescription.version(),
                AttributeKey.stringKey("telemetry.sdk.language"),
                "java"));
    }
}
