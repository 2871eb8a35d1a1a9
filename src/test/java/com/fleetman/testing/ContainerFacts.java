package com.fleetman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Measures, for docs/containers.md, what the servers differ in: how long they boot, what an idle stream takes, and when
 * they notice that a client has gone. Not part of any build; for each server:
 *
 * <pre>{@code mvn verify -Pwildfly -DskipUnitTests -Dit.test=ContainerFacts -Dfleetman.test.streams=2000}</pre>
 */
@InContainer
class ContainerFacts {
    private static final int USERS = 100;
    private static final int STREAMS_EACH = 10;
    private static final int ROUNDS = 5;
    private static final Pattern STREAM_ID = Pattern.compile("\"streamId\":\"([^\"]+)\"");

    private final StringBuilder facts = new StringBuilder();

    @Test
    void measure() throws IOException {
        fact("server", Harness.property("fleetman.test.home"));
        boot();
        memory();
        disconnects();
        Path file = Processes.directory().resolveSibling("container-facts.txt");
        Files.writeString(file, facts.toString());
    }

    private void fact(String name, Object value) {
        facts.append(name).append(": ").append(value).append('\n');
    }

    private void boot() {
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Node.first().stop();
            long start = System.nanoTime();
            Node.first().start();
            times.add((System.nanoTime() - start) / 1_000_000);
        }
        fact("boot to the first answer, ms, median of " + ROUNDS, median(times));
    }

    private void memory() throws IOException {
        List<Account> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add(Account.register(Node.first(), "Quieta " + i));
        }
        // Once to warm up, so that what is made once is not counted as the streams'.
        closeAll(open(users, 1));
        long before = heapKiB();
        List<Socket> streams = open(users, STREAMS_EACH);
        long with = heapKiB();
        closeAll(streams);
        fact("heap without streams, MiB", before / 1_024);
        fact("heap per idle stream, KiB, of " + streams.size(), (with - before) / streams.size());
        awaitLog("streams=0\\b");
        fact("heap after the streams, MiB", heapKiB() / 1_024);
    }

    private static List<Socket> open(List<Account> users, int each) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (Account user : users) {
            for (int i = 0; i < each; i++) {
                open.add(open(user));
            }
        }
        for (Socket stream : open) {
            streamId(stream);
        }
        return open;
    }

    private static void closeAll(List<Socket> streams) throws IOException {
        for (Socket stream : streams) {
            stream.close();
        }
    }

    private static Socket open(Account user) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Node.first().port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + Node.CONTEXT + "/api/v1/notifications/stream HTTP/1.1\r\nHost: "
                                + Node.HOST + ":" + Node.first().port() + "\r\nAuthorization: Bearer " + user.token()
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    /** Reads until the connected event has come. */
    private static String streamId(Socket socket) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (true) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new IOException("the stream ended: " + text);
            }
            text.append(new String(buffer, 0, read, UTF_8));
            Matcher id = STREAM_ID.matcher(text);
            if (id.find()) {
                return id.group(1);
            }
        }
    }

    private static long heapKiB() {
        Node.first().jcmd("GC.run");
        Node.first().jcmd("GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(Node.first().jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd tells no heap use");
        }
        return Long.parseLong(used.group(1));
    }

    private void disconnects() throws IOException {
        Account user = Account.register(Node.first(), "Fugaz");
        for (boolean reset : List.of(false, true)) {
            List<Long> times = new ArrayList<>();
            var reasons = new ArrayList<String>();
            for (int round = 0; round < ROUNDS; round++) {
                Socket socket = open(user);
                String id = streamId(socket);
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
                long start = System.nanoTime();
                socket.close();
                Matcher closed = awaitLog("stream=" + id + " reason=(\\w+)");
                times.add((System.nanoTime() - start) / 1_000_000);
                reasons.add(closed.group(1));
            }
            fact(
                    "a client that " + (reset ? "resets" : "closes")
                            + " its connection is noticed after, ms, median of " + ROUNDS + " (heartbeat 2,000)",
                    median(times) + ", as " + reasons);
        }
    }

    private static Matcher awaitLog(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Matcher[] found = new Matcher[1];
        await(pattern + " in the log")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    found[0] = wanted.matcher(Node.first().logged());
                    return found[0].find();
                });
        return found[0];
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
