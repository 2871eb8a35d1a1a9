package com.fleetman.platform.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A collector in memory, which can be slow or refuse. */
final class FakeExporter implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean stuck;
    private volatile boolean refusing;
    private volatile boolean shutDown;

    /** Takes nothing until {@link #release}. */
    void stick() {
        stuck = true;
    }

    void release() {
        open.countDown();
    }

    void refuse() {
        refusing = true;
    }

    List<SpanData> spans() {
        return List.copyOf(spans);
    }

    SpanData span(String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + spans));
    }

    boolean isShutDown() {
        return shutDown;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        if (stuck) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (refusing) {
            return CompletableResultCode.ofFailure();
        }
        spans.addAll(ended);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        shutDown = true;
        return CompletableResultCode.ofSuccess();
    }
}
