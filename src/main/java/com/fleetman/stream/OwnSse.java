package com.fleetman.stream;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries wake-ups where there is no request that could bring the server's own {@link Sse}. */
final class OwnSse implements Sse {
    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        return new Event();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        return new Broadcaster();
    }

    /** An event of which only the data matters. */
    private static final class Event implements OutboundSseEvent, OutboundSseEvent.Builder {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String comment;
        private @Nullable Object data;
        private Class<?> type = Object.class;
        private long reconnectDelay = RECONNECT_NOT_SET;
        private MediaType mediaType = MediaType.TEXT_PLAIN_TYPE;

        @Override
        public Builder id(@Nullable String value) {
            id = value;
            return this;
        }

        @Override
        public Builder name(@Nullable String value) {
            name = value;
            return this;
        }

        @Override
        public Builder reconnectDelay(long milliseconds) {
            reconnectDelay = milliseconds;
            return this;
        }

        @Override
        public Builder mediaType(MediaType value) {
            mediaType = value;
            return this;
        }

        @Override
        public Builder comment(@Nullable String value) {
            comment = value;
            return this;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Builder data(Class declared, @Nullable Object value) {
            type = declared;
            data = value;
            return this;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Builder data(GenericType declared, @Nullable Object value) {
            return data(declared.getRawType(), value);
        }

        @Override
        public Builder data(Object value) {
            return data(value.getClass(), value);
        }

        @Override
        public OutboundSseEvent build() {
            return this;
        }

        @Override
        public Class<?> getType() {
            return type;
        }

        @Override
        public Type getGenericType() {
            return type;
        }

        @Override
        public MediaType getMediaType() {
            return mediaType;
        }

        @Override
        public @Nullable Object getData() {
            return data;
        }

        @Override
        public @Nullable String getId() {
            return id;
        }

        @Override
        public @Nullable String getName() {
            return name;
        }

        @Override
        public @Nullable String getComment() {
            return comment;
        }

        @Override
        public long getReconnectDelay() {
            return reconnectDelay;
        }

        @Override
        public boolean isReconnectDelaySet() {
            return reconnectDelay != RECONNECT_NOT_SET;
        }
    }

    private static final class Broadcaster implements SseBroadcaster {
        private final List<SseEventSink> sinks = new CopyOnWriteArrayList<>();

        @Override
        public void register(SseEventSink sink) {
            sinks.add(sink);
        }

        @Override
        public CompletionStage<?> broadcast(OutboundSseEvent event) {
            sinks.removeIf(SseEventSink::isClosed);
            sinks.forEach(sink -> sink.send(event));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            sinks.clear();
        }

        @Override
        public void close(boolean cascading) {
            close();
        }

        @Override
        public void onError(BiConsumer<SseEventSink, Throwable> listener) {
            // nothing fails here
        }

        @Override
        public void onClose(Consumer<SseEventSink> listener) {
            // nobody asks
        }
    }
}
