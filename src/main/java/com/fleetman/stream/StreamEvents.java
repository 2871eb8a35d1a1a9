package com.fleetman.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fleetman.platform.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that the stream itself sends: they are about this connection and stand in no log. */
final class StreamEvents {
    /** The position asked for is older than what is kept. */
    static final String RESET_EXPIRED = "expired";
    /** The position asked for was never given out. */
    static final String RESET_UNKNOWN = "unknown";

    private static final Duration NOT_SOON = Duration.ofHours(1);

    private StreamEvents() {}

    /** @param seq the position this connection starts at: the next event of the log is {@code seq + 1} */
    private record Connected(
            String type,
            String message,
            UUID streamId,
            UUID userId,
            long seq,
            Counts counts,
            Instant serverTime,
            long heartbeatMs) {}

    private record Reset(String reason, long seq, Counts counts) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Bye(@Nullable String reason, @Nullable Long retryMs) {}

    /**
     * The first event of every connection.
     *
     * @param id whether it sets the client's last event id. Not where a reset follows: a client that is cut between
     *     the two must ask with its old id again, or it would never learn that it missed something.
     */
    static Frame connected(
            Connection connection, long seq, LogReader.Bounds bounds, Instant now, Timing timing, boolean id) {
        var data = new Connected(
                "connected",
                "SSE connection established",
                connection.id(),
                connection.user().userId(),
                seq,
                bounds.counts(),
                now,
                timing.heartbeat().toMillis());
        return Frame.retrying(timing.retry(), id ? "id: " + seq + "\n" : "", UserEvent.DEFAULT, Json.write(data));
    }

    /** What a client is told of time: how often it hears from us, and how long it waits before it comes back. */
    record Timing(Duration heartbeat, Duration retry) {}

    /** Tells the client to fetch everything over REST and go on from the log's end. */
    static Frame reset(String reason, LogReader.Bounds bounds) {
        return Frame.positioned(
                bounds.lastSeq(), "reset", Json.write(new Reset(reason, bounds.lastSeq(), bounds.counts())));
    }

    static Frame expired(String reason) {
        return Frame.hint("expired", Json.write(new Bye(reason, null)));
    }

    /** With a long reconnection time, or devices over the limit would push each other out for ever. */
    static Frame superseded() {
        return Frame.retrying(NOT_SOON, "", "superseded", Json.write(new Bye("too_many_streams", NOT_SOON.toMillis())));
    }

    /** An administrator closed the stream; the client may come back. */
    static Frame closed(Duration retry) {
        return Frame.retrying(retry, "", "reconnect", Json.write(new Bye("closed_by_admin", retry.toMillis())));
    }

    static Frame reconnect(Duration retry) {
        return Frame.retrying(retry, "", "reconnect", Json.write(new Bye("shutting_down", retry.toMillis())));
    }
}
