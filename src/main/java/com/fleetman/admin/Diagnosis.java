package com.fleetman.admin;

import com.fleetman.stream.ClosedStream;
import com.fleetman.stream.StreamView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a user did, or did not, get something.
 *
 * @param verdict the answer in a word, {@link Verdict}
 * @param notification null if there is none, or no longer
 * @param event null if it was never logged
 * @param log where the user's log stands
 * @param open streams that are open now, with what was written to each
 * @param closed those that ended since the event, the latest first
 * @param sender how the user stands to who it came from; null if nobody is known to have sent it
 */
record Diagnosis(
        String verdict,
        boolean active,
        @Nullable Told notification,
        @Nullable Logged event,
        Log log,
        List<OpenThen> open,
        List<ClosedThen> closed,
        @Nullable Sender sender) {

    /**
     * A notification, without what it says.
     *
     * @param muted whether the user has muted its type, and had when it was made: devices do not draw attention to it
     */
    record Told(
            UUID id,
            String type,
            String source,
            Instant createdAt,
            @Nullable Instant seenAt,
            @Nullable Instant readAt,
            @Nullable Instant archivedAt,
            boolean muted) {}

    /**
     * @param name of the event, empty for a notification; null if the event itself is no longer kept
     * @param loggedAt null if the event itself is no longer kept
     */
    record Logged(long seq, @Nullable String name, @Nullable Instant loggedAt, boolean kept) {}

    /** @param firstKept the oldest event that can be replayed */
    record Log(long lastSeq, long firstKept) {}

    /** @param passage what the stream did with the event: {@code written}, {@code pending} or {@code before} its begin */
    record OpenThen(StreamView stream, String passage) {}

    record ClosedThen(ClosedStream stream, String passage) {}

    /** By the user's own decision. */
    record Sender(UUID userId, boolean contact, boolean blocked, boolean accepted) {}

    /** What a stream that began after one position and came to another did with an event. */
    static String passage(long seq, long firstCursor, long cursor) {
        if (seq <= firstCursor) {
            return "before";
        }
        return seq <= cursor ? "written" : "pending";
    }

    /** The answer in a word. */
    enum Verdict {
        /** The user has blocked who would have sent it, and it was not made. */
        BLOCKED,
        /** Nothing of that kind was ever made for the user, or it was deleted and its event is no longer kept. */
        NOT_CREATED,
        /** It was written to a stream of the user. */
        WRITTEN,
        /** A device is connected and has not taken it yet. */
        PENDING,
        /** A device has connected since and said that it has seen it, or it fetched it over REST. */
        NOT_BY_STREAM,
        /** No device has been connected since. */
        NOT_CONNECTED;

        static Verdict of(boolean logged, boolean blocked, List<String> passages) {
            if (!logged) {
                return blocked ? BLOCKED : NOT_CREATED;
            }
            if (passages.contains("written")) {
                return WRITTEN;
            }
            if (passages.contains("pending")) {
                return PENDING;
            }
            return passages.isEmpty() ? NOT_CONNECTED : NOT_BY_STREAM;
        }
    }
}
