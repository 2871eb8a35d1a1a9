package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One client's stream: takes the bytes of the response apart and checks what comes. Used by one thread at a time.
 *
 * <p>A text that was published is {@code ~number.count~}: its number among all, and how many this user had been sent with
 * it. For each user the counts must come as 1, 2, 3; and where the server numbers its events, so must the ids.
 */
final class Stream {
    /** Told of what arrives. */
    interface Sink {
        void connected(Stream stream, long nanos);

        void text(Stream stream, int number, long nanos);

        void refused(Stream stream, String status);
    }

    private enum Part { HEAD, CHUNK_SIZE, CHUNK, CHUNK_END, RAW }

    final int user;
    final boolean numbered;
    private final Sink sink;

    volatile boolean open;
    volatile boolean ended;
    long askedAt;
    long lastId = -1;
    String lastIdText = "";
    int lastCount;
    long events;
    int gaps;
    int doubles;
    int resets;
    int byes;

    private Part part = Part.HEAD;
    private int chunkLeft;
    private byte[] rest;
    private long id = -1;
    private boolean hasData;
    private String event = "";
    private boolean opening = true;

    Stream(int user, boolean numbered, Sink sink) {
        this.user = user;
        this.numbered = numbered;
        this.sink = sink;
    }

    /** A new connection of the same client: what it knows stays. */
    void again() {
        part = Part.HEAD;
        rest = null;
        open = false;
        ended = false;
        id = -1;
        hasData = false;
        event = "";
        opening = true;
    }

    /** @param scratch of the thread; what is in it does not matter before or after */
    void read(ByteBuffer in, byte[] scratch, long nanos) {
        int length = 0;
        if (rest != null) {
            System.arraycopy(rest, 0, scratch, 0, rest.length);
            length = rest.length;
            rest = null;
        }
        while (in.hasRemaining()) {
            switch (part) {
                case RAW -> {
                    int take = in.remaining();
                    in.get(scratch, length, take);
                    length += take;
                }
                case CHUNK -> {
                    int take = Math.min(chunkLeft, in.remaining());
                    in.get(scratch, length, take);
                    length += take;
                    chunkLeft -= take;
                    if (chunkLeft == 0) {
                        part = Part.CHUNK_END;
                    }
                }
                case CHUNK_END -> {
                    if (in.get() == '\n') {
                        part = Part.CHUNK_SIZE;
                        chunkLeft = 0;
                    }
                }
                case CHUNK_SIZE -> {
                    int c = in.get();
                    if (c == '\n') {
                        part = chunkLeft == 0 ? Part.RAW : Part.CHUNK;
                    } else if (c != '\r') {
                        chunkLeft = chunkLeft * 16 + Character.digit(c, 16);
                    }
                }
                case HEAD -> {
                    scratch[length++] = in.get();
                    if (length >= 4
                            && scratch[length - 1] == '\n'
                            && scratch[length - 2] == '\r'
                            && scratch[length - 3] == '\n') {
                        head(new String(scratch, 0, length, StandardCharsets.ISO_8859_1), nanos);
                        length = 0;
                    }
                }
            }
        }
        if (part == Part.HEAD) {
            rest = length == 0 ? null : Arrays.copyOf(scratch, length);
            return;
        }
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (scratch[i] == '\n') {
                line(scratch, start, i, nanos);
                start = i + 1;
            }
        }
        rest = start == length ? null : Arrays.copyOfRange(scratch, start, length);
    }

    private void head(String head, long nanos) {
        String status = head.substring(9, Math.min(12, head.length()));
        if (!status.equals("200")) {
            sink.refused(this, status);
        } else {
            open = true;
            sink.connected(this, nanos);
        }
        part = head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")
                ? Part.CHUNK_SIZE
                : Part.RAW;
    }

    private void line(byte[] bytes, int from, int to, long nanos) {
        if (to > from && bytes[to - 1] == '\r') {
            to--;
        }
        if (from == to) {
            dispatch();
        } else if (starts(bytes, from, to, "id:")) {
            lastIdText = new String(bytes, from + 3, to - from - 3, StandardCharsets.ISO_8859_1).strip();
            id = numbered ? Long.parseLong(lastIdText) : -1;
        } else if (starts(bytes, from, to, "event:")) {
            event = new String(bytes, from + 6, to - from - 6, StandardCharsets.ISO_8859_1).strip();
        } else if (starts(bytes, from, to, "data:")) {
            hasData = true;
            marker(bytes, from, to, nanos);
        }
    }

    private static boolean starts(byte[] bytes, int from, int to, String prefix) {
        if (to - from < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[from + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void marker(byte[] bytes, int from, int to, long nanos) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '~') {
                int number = 0;
                int at = i + 1;
                while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                    number = number * 10 + bytes[at++] - '0';
                }
                if (!numbered && at < to && bytes[at] == '.') {
                    count(bytes, at + 1, to);
                }
                sink.text(this, number, nanos);
                return;
            }
        }
    }

    private void count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            count = count * 10 + bytes[i] - '0';
        }
        if (count > lastCount + 1) {
            gaps++;
        } else if (count <= lastCount) {
            doubles++;
        }
        lastCount = Math.max(lastCount, count);
    }

    private void dispatch() {
        if (!hasData && event.isEmpty()) {
            return; // a comment
        }
        switch (event) {
            case "reset" -> {
                resets++;
                lastId = id;
            }
            case "expired", "superseded", "reconnect" -> byes++;
            default -> {
                if (numbered && id >= 0) {
                    check();
                }
                events++;
            }
        }
        id = -1;
        hasData = false;
        event = "";
    }

    /** The first event of a connection repeats the position where it starts. */
    private void check() {
        boolean first = opening;
        opening = false;
        long expected = first ? lastId : lastId + 1;
        if (lastId >= 0 && id > expected) {
            gaps++;
        } else if (lastId >= 0 && id < expected) {
            doubles++;
            return;
        }
        lastId = id;
    }
}
