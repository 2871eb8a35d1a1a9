package com.fleetman.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through the application and of what it tells users, for who collects traces: the context comes
 * with the request (W3C Trace Context), is kept with each event of the log, and goes out with it. Whoever is asked here
 * neither blocks nor throws.
 */
public interface Tracing {
    /** Nothing is traced, and nothing is done for it. */
    Tracing OFF = new Tracing() {};

    /** A request that is being served. */
    interface Request {
        /** 32 lower-case hexadecimal digits. */
        String traceId();

        /** 16 lower-case hexadecimal digits. */
        String spanId();

        /**
         * The request has been answered, or a stream has been opened.
         *
         * @param route the path template below the API's root; null if it took none
         * @param userId empty if it was nobody's
         */
        void answered(@Nullable String route, int status, String userId);
    }

    /** An event that is being appended to a user's log. What is rolled back is never told of. */
    interface Append {
        /** The header {@code traceparent} for what follows of it, in version 00. */
        String traceparent();

        /** The transaction is committed. */
        void committed();
    }

    /**
     * An event of the log was written to a stream.
     *
     * @param event its type on the wire, empty for a notification
     * @param traceparent as of {@link Append#traceparent}
     * @param replayed whether it is older than the stream
     * @param lag how many events the stream is still behind its log
     * @param nanosSinceCommit 0 if that is not known
     */
    record Delivery(
            String event,
            String traceparent,
            UUID userId,
            long seq,
            UUID streamId,
            boolean replayed,
            long lag,
            long nanosSinceCommit) {}

    /** Begins the span of a request; null if nothing is traced. */
    default @Nullable Request request(HttpServletRequest request) {
        return null;
    }

    /**
     * An event is appended for the request that this thread serves.
     *
     * @param event its type on the wire, empty for a notification
     * @return null if that request is not recorded
     */
    default @Nullable Append append(String event, UUID userId, long seq) {
        return null;
    }

    default void delivered(Delivery delivery) {}

    /** Spans that a collector has taken. */
    default long exported() {
        return 0;
    }

    /** Spans that were given up, since too many waited or the collector did not take them. */
    default long dropped() {
        return 0;
    }

    /** Sends what is left, for some seconds at most. */
    default void close() {}
}
