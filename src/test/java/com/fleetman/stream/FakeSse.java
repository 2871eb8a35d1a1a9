package com.fleetman.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.glassfish.jersey.media.sse.OutboundEvent;

/** A JAX-RS implementation with every fault that has been seen in one, and some more. */
final class FakeSse implements Sse {
    /** What the broadcasters do with the next events. */
    enum Fault {
        NONE,
        /** Delivers to nobody and says nothing. */
        DROPS,
        DOUBLES,
        /** Throws before anybody got it. */
        THROWS,
        /** Lets go of all sinks, as Jersey does with one that overflows. */
        CUTS,
        /** Does not even build events. */
        BUILDS_NOTHING,
        REFUSES_TO_REGISTER,
        REFUSES_TO_CLOSE,
        MAKES_NO_BROADCASTER
    }

    private final Queue<Broadcaster> broadcasters = new ConcurrentLinkedQueue<>();
    private volatile Fault fault = Fault.NONE;

    void fault(Fault next) {
        fault = next;
    }

    List<Broadcaster> broadcasters() {
        return List.copyOf(broadcasters);
    }

    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        check(Fault.BUILDS_NOTHING);
        return new OutboundEvent.Builder();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        check(Fault.MAKES_NO_BROADCASTER);
        var broadcaster = new Broadcaster();
        broadcasters.add(broadcaster);
        return broadcaster;
    }

    private void check(Fault wanted) {
        if (fault == wanted) {
            throw new IllegalStateException("fault: " + wanted);
        }
    }

    final class Broadcaster implements SseBroadcaster {
        private final List<SseEventSink> sinks = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        boolean isClosed() {
            return closed;
        }

        int sinks() {
            return sinks.size();
        }

        @Override
        public void register(SseEventSink sink) {
            check(Fault.REFUSES_TO_REGISTER);
            sinks.add(sink);
        }

        @Override
        public CompletionStage<?> broadcast(OutboundSseEvent event) {
            check(Fault.THROWS);
            switch (fault) {
                case DROPS -> {}
                case CUTS -> {
                    sinks.forEach(SseEventSink::close);
                    sinks.clear();
                }
                case DOUBLES -> {
                    sinks.forEach(sink -> send(sink, event));
                    sinks.forEach(sink -> send(sink, event));
                }
                default -> sinks.forEach(sink -> send(sink, event));
            }
            return CompletableFuture.completedFuture(null);
        }

        private void send(SseEventSink sink, OutboundSseEvent event) {
            try {
                sink.send(event);
            } catch (IllegalStateException e) {
                sinks.remove(sink);
                sink.close();
            }
        }

        @Override
        public void close() {
            check(Fault.REFUSES_TO_CLOSE);
            closed = true;
        }

        @Override
        public void close(boolean cascading) {
            close();
        }

        @Override
        public void onError(BiConsumer<SseEventSink, Throwable> listener) {
            // nobody listens
        }

        @Override
        public void onClose(Consumer<SseEventSink> listener) {
            // nobody listens
        }
    }
}
