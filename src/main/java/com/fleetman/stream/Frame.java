package com.fleetman.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event as it goes over the wire (WHATWG HTML section 9.2.5, UTF-8), encoded once and shared by all connections.
 *
 * @param seq its position in the user's log, at least 1; 0 for an event that is not in the log and has no {@code id:}
 * @param bytes the complete block with its empty line; nobody may change them
 * @param committedNanos when this node committed it, by {@link System#nanoTime}; 0 if that is not known
 * @param trace what it is traced by, or null
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody: that is the point of it
record Frame(
        long seq,
        byte[] bytes,
        long committedNanos,
        @Nullable Trace trace) {
    Frame(long seq, byte[] bytes) {
        this(seq, bytes, null);
    }

    Frame(long seq, byte[] bytes, @Nullable Trace trace) {
        this(seq, bytes, 0, trace);
    }

    /**
     * The trace that an event of the log belongs to.
     *
     * @param event its name
     * @param traceparent W3C Trace Context, of the span that appended it
     */
    record Trace(String event, String traceparent) {}

    static final Frame HEARTBEAT = new Frame(0, utf8(": heartbeat\n\n"));

    /** An event of the log. */
    static Frame logged(long seq, String name, String data) {
        return new Frame(seq, utf8(block("id: " + seq + "\n", name, data)));
    }

    /**
     * An event of the log, as it stands there.
     *
     * @param data a JSON object
     * @param traceparent which goes out as the last member of the data; null if it is not traced
     */
    static Frame logged(long seq, String name, String data, @Nullable String traceparent) {
        if (traceparent == null) {
            return logged(seq, name, data);
        }
        String open = data.substring(0, data.length() - 1);
        String traced = open + (open.endsWith("{") ? "" : ",") + "\"traceparent\":\"" + traceparent + "\"}";
        return new Frame(seq, utf8(block("id: " + seq + "\n", name, traced)), new Trace(name, traceparent));
    }

    /** An ephemeral event without an id: it does not move the client's cursor. */
    static Frame hint(String name, String data) {
        return new Frame(0, utf8(block("", name, data)));
    }

    /** Moves the client's cursor without being in the log: where a connection starts. */
    static Frame positioned(long id, String name, String data) {
        return new Frame(0, utf8(block("id: " + id + "\n", name, data)));
    }

    /** An event that also tells the client its reconnection time. */
    static Frame retrying(Duration retry, String head, String name, String data) {
        return new Frame(0, utf8(block("retry: " + retry.toMillis() + "\n" + head, name, data)));
    }

    /** The same, known to be committed now. */
    Frame committed(long nanoTime) {
        return new Frame(seq, bytes, nanoTime | 1, trace); // never 0
    }

    /** This block and another one, to be written together. */
    Frame followedBy(Frame next) {
        byte[] both = java.util.Arrays.copyOf(bytes, bytes.length + next.bytes.length);
        System.arraycopy(next.bytes, 0, both, bytes.length, next.bytes.length);
        return new Frame(0, both);
    }

    private static String block(String head, String name, String data) {
        var text = new StringBuilder(head.length() + name.length() + data.length() + 24).append(head);
        if (!name.isEmpty()) {
            text.append("event: ").append(name).append('\n');
        }
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
