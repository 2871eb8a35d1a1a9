package com.fleetman.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the JAX-RS broadcaster sees of a connection. It takes every event at once, since it only signals, so the
 * broadcaster has no reason to drop it; if it does all the same, the user's stream signals the connection itself.
 */
final class WakeUpSink implements SseEventSink {
    private final Connection connection;
    private volatile boolean dropped;

    WakeUpSink(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public boolean isClosed() {
        return connection.isClosed();
    }

    /**
     * @throws IllegalStateException if the connection is over: the broadcaster's only way to learn that it can let go
     */
    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (isClosed()) {
            throw new IllegalStateException("stream " + connection.id() + " is closed");
        }
        deliver(event);
        return CompletableFuture.completedFuture(null);
    }

    /** Called by the broadcaster when it lets go of this sink; the connection lives on. */
    @Override
    public void close() {
        dropped = true;
    }

    void sendIfDropped(OutboundSseEvent event) {
        if (dropped && !isClosed()) {
            deliver(event);
        }
    }

    private void deliver(OutboundSseEvent event) {
        if (event.getData() instanceof Frame frame && frame.seq() == 0) {
            connection.hint(frame);
        } else {
            connection.signal();
        }
    }
}
