package com.fleetman.platform.traces;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Ended spans on their way to the collector. It holds so many and no more, and counts what is given up; who ends a span
 * never waits.
 */
final class SpanQueue implements SpanProcessor {
    static final int CAPACITY = 4_096;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofSeconds(2);

    private final BatchSpanProcessor batches;
    private final ExecutorService senders;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** @param senders the threads of the exporter, which are ended with it */
    SpanQueue(SpanExporter exporter, ExecutorService senders) {
        this.senders = senders;
        this.batches = BatchSpanProcessor.builder(new Counted(exporter))
                .setMaxQueueSize(CAPACITY)
                .setScheduleDelay(PAUSE)
                .build();
    }

    long exported() {
        return exported.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // nothing to add
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (waiting.incrementAndGet() > CAPACITY) {
            waiting.decrementAndGet();
            dropped.increment();
        } else {
            batches.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    /**
     * Sends what is left; a collector that takes too long loses it. No thread is left in either case, the last one a pause
     * later.
     */
    @Override
    public CompletableResultCode shutdown() {
        CompletableResultCode end = batches.shutdown().join(FLUSH.toSeconds(), TimeUnit.SECONDS);
        senders.shutdownNow(); // ends what is being sent, and refuses the rest
        return end.join(GIVE_UP.toSeconds(), TimeUnit.SECONDS);
    }

    private final class Counted implements SpanExporter {
        private final SpanExporter exporter;

        Counted(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int size = spans.size(); // the collection is used again
            waiting.addAndGet(-size);
            CompletableResultCode result = exporter.export(spans);
            result.whenComplete(() -> (result.isSuccess() ? exported : dropped).add(size));
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
