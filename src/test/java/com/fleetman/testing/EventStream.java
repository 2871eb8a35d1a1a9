package com.fleetman.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A device that reads its stream: a plain HTTP/1.1 client, or whatever client opened it, with a strict reader of the event
 * stream format (WHATWG HTML section 9.2.6), which sees comments too. It can be slow, vanish, or come back where it was.
 */
public final class EventStream implements AutoCloseable {
    /** Long enough for a loaded machine; a test that waits in vain fails with what it has seen. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Closeable connection;
    private final InputStream in;
    private String head = "";
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String lastEventId = "";
    private volatile @Nullable String retry;
    private volatile boolean ended;
    private volatile @Nullable Thread reader;
    private volatile Consumer<Event> listener = event -> {};
    private volatile CountDownLatch open = new CountDownLatch(0);

    /**
     * One event as it was dispatched.
     *
     * @param name {@code message} for the default event
     * @param id the {@code id:} of its own block, or null if it had none
     */
    public record Event(String name, @Nullable String id, String text, long nanoTime) {
        public JsonNode data() {
            return Json.tree(text);
        }

        public boolean isLogged() {
            return id != null && !text.startsWith("{\"type\":\"connected\"") && !name.equals("reset");
        }
    }

    private EventStream(Closeable connection, InputStream in) {
        this.connection = connection;
        this.in = in;
    }

    /** Opens a stream of the account at its node and reads it, from now on. */
    public static EventStream open(Account account) {
        return open(account, "");
    }

    /** The same for a device that comes back and has seen {@code lastEventId}; empty for nothing. */
    public static EventStream open(Account account, String lastEventId) {
        EventStream stream = openUnread(account, lastEventId, 0);
        stream.startReading();
        return stream;
    }

    /**
     * Opens a stream and reads its head only.
     *
     * @param receiveBuffer of the socket in bytes; 0 for the system's choice
     */
    public static EventStream openUnread(Account account, String lastEventId, int receiveBuffer) {
        var socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(60_000);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), account.node().port()),
                    5_000);
            String path = account.node().baseUri().getPath() + "api/v1/notifications/stream";
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + account.node().port()
                    + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + account.token()
                    + (lastEventId.isEmpty() ? "" : "\r\nLast-Event-ID: " + lastEventId) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var stream = new EventStream(socket, new BufferedInputStream(socket.getInputStream(), 512));
            stream.head = stream.readHead();
            stream.lastEventId = lastEventId;
            return stream;
        } catch (IOException e) {
            try (socket) {
                throw new UncheckedIOException(e);
            } catch (IOException closing) {
                throw new UncheckedIOException(closing);
            }
        }
    }

    /**
     * Reads the stream that an HTTP client of any version has opened, from now on.
     *
     * @param lastEventId what the client had seen; empty for nothing
     */
    public static EventStream of(HttpResponse<InputStream> response, String lastEventId) {
        var stream = new EventStream(response.body(), response.body());
        var text = new StringBuilder(response.version() == HttpClient.Version.HTTP_2 ? "HTTP/2.0 " : "HTTP/1.1 ");
        text.append(response.statusCode()).append('\n');
        response.headers().map().forEach((name, values) -> {
            // The client has undone it.
            if (!name.equalsIgnoreCase("transfer-encoding")) {
                values.forEach(
                        value -> text.append(name).append(": ").append(value).append('\n'));
            }
        });
        stream.head = text.toString();
        stream.lastEventId = lastEventId;
        stream.startReading();
        return stream;
    }

    /** Everything that the bytes of a stream say, read to their end. */
    public static EventStream read(InputStream in) {
        var stream = new EventStream(in, in);
        stream.read();
        return stream;
    }

    /** The status line and the headers. */
    public String head() {
        return head;
    }

    public int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    public void startReading() {
        reader = Thread.ofVirtual().start(this::read);
    }

    /**
     * Reads in the calling thread until the stream ends.
     *
     * @param to gets each event as it is dispatched
     */
    public void readAll(Consumer<Event> to) {
        listener = to;
        read();
    }

    /** Takes nothing more from the connection until {@link #goOn}. */
    public void hold() {
        open = new CountDownLatch(1);
    }

    public void goOn() {
        open.countDown();
    }

    /** All events so far, the connected event included. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The ids of the events of the log, in the order of their arrival. */
    public List<Long> ids() {
        return events.stream()
                .filter(Event::isLogged)
                .map(event -> Long.valueOf(String.valueOf(event.id())))
                .toList();
    }

    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** What a browser would send when it comes back. */
    public String lastEventId() {
        return lastEventId;
    }

    public @Nullable String retry() {
        return retry;
    }

    public boolean isEnded() {
        return ended;
    }

    /** The first event that fits, waiting for it if it has not come yet. */
    public Event await(String what, Predicate<Event> fits) {
        try {
            until(what, () -> events.stream().anyMatch(fits) || ended);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + what + " within " + PATIENCE + "; seen: " + summary(), e);
        }
        return events.stream()
                .filter(fits)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the stream ended without " + what + "; seen: " + summary()));
    }

    public Event awaitNamed(String name) {
        return await("event " + name, event -> event.name().equals(name));
    }

    public EventStream awaitConnected() {
        await("the connected event", event -> event.text().startsWith("{\"type\":\"connected\""));
        return this;
    }

    /** Waits until the event of the log with this id has come. */
    public void awaitId(long id) {
        await("id " + id, event -> event.isLogged() && String.valueOf(id).equals(event.id()));
    }

    public void awaitComment() {
        int before = comments.size();
        until("a comment", () -> comments.size() > before);
    }

    public void awaitEnd() {
        until("the end of the stream", () -> ended);
    }

    private static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private String summary() {
        return events.stream().map(event -> event.id() + ":" + event.name()).toList() + (ended ? " (ended)" : "");
    }

    /** Vanishes with a RST, as a killed process with unread data does. */
    public void abort() {
        try {
            if (connection instanceof Socket socket) {
                socket.setSoLinger(true, 0);
            }
            connection.close();
        } catch (IOException e) {
            boolean goneBefore = connection instanceof Socket socket && socket.isClosed();
            if (!goneBefore) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reading = reader;
        if (reading != null) {
            try {
                reading.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String readHead() throws IOException {
        var text = new StringBuilder();
        String line = readLine();
        while (!line.isEmpty()) {
            text.append(line).append('\n');
            line = readLine();
        }
        return text.toString();
    }

    private void read() {
        try {
            var parser = new Parser();
            if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
                int size = chunkSize();
                while (size > 0) {
                    open.await();
                    parser.feed(in.readNBytes(size));
                    readLine();
                    size = chunkSize();
                }
            } else {
                byte[] buffer = new byte[4096];
                int size = in.read(buffer);
                while (size >= 0) {
                    open.await();
                    parser.feed(Arrays.copyOf(buffer, size));
                    size = in.read(buffer);
                }
            }
        } catch (IOException e) {
            // an end like any other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.write(c);
            }
            c = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Blocks end with an empty line; bytes come in any portions. */
    private final class Parser {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final List<String> data = new ArrayList<>();
        private String name = "";
        private @Nullable String id;

        void feed(byte[] bytes) {
            for (byte b : bytes) {
                if (b == '\n') {
                    line(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }

        private void line(String text) {
            if (text.isEmpty()) {
                dispatch();
            } else if (text.startsWith(":")) {
                comments.add(text.substring(1).strip());
            } else {
                int colon = text.indexOf(": ");
                if (colon < 0) {
                    throw new AssertionError("not a field: " + text);
                }
                field(text.substring(0, colon), text.substring(colon + 2));
            }
        }

        private void field(String field, String value) {
            switch (field) {
                case "data" -> data.add(value);
                case "event" -> name = value;
                case "id" -> id = value;
                case "retry" -> retry = value;
                default -> throw new AssertionError("unknown field " + field);
            }
        }

        /** What was cut off before its empty line has not been seen. */
        private void dispatch() {
            String seen = id;
            if (seen != null) {
                lastEventId = seen;
            }
            if (!data.isEmpty()) {
                var event =
                        new Event(name.isEmpty() ? "message" : name, seen, String.join("\n", data), System.nanoTime());
                events.add(event);
                listener.accept(event);
            }
            data.clear();
            name = "";
            id = null;
        }
    }
}
