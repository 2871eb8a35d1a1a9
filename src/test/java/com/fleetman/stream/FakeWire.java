package com.fleetman.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes what it is sent, as long as the test wants. It notes every breach of what {@link Wire} asks of
 * its user, since a container would answer it with somebody else's stream.
 */
final class FakeWire implements Wire {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private @Nullable IOException failure;
    private @Nullable Error error;
    private @Nullable RuntimeException closeFailure;
    private long room = Long.MAX_VALUE;
    private boolean saidReady;
    private boolean busy;
    private int unflushed;
    private int closes;

    @Override
    public boolean isReady() throws IOException {
        enter();
        saidReady = closes == 0 && room > 0;
        busy = false;
        return saidReady;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        use("write");
        taken.writeBytes(bytes);
        writes.add(bytes.length);
        unflushed += bytes.length;
        room -= bytes.length;
        busy = false;
    }

    @Override
    public void flush() throws IOException {
        use("flush");
        unflushed = 0;
        busy = false;
    }

    @Override
    public void close() {
        closes++;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    private void use(String what) throws IOException {
        if (!saidReady) {
            breaches.add(what + " without isReady");
        }
        saidReady = false;
        enter();
    }

    private void enter() throws IOException {
        if (busy) {
            breaches.add("two writers at a time");
        }
        busy = true;
        meanwhile.run();
        if (failure != null) {
            busy = false;
            throw failure;
        }
        if (error != null) {
            busy = false;
            throw error;
        }
    }

    /** What happens elsewhere during every call of the writer. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** From now on the client takes this many bytes, and then no more. */
    void takes(long bytes) {
        room = bytes;
    }

    void takesNothing() {
        takes(0);
    }

    void takesAll() {
        takes(Long.MAX_VALUE);
    }

    void failsWith(IOException e) {
        failure = e;
    }

    void failsWith(Error e) {
        error = e;
    }

    void failsToClose(RuntimeException e) {
        closeFailure = e;
    }

    String text() {
        return taken.toString(StandardCharsets.UTF_8);
    }

    /** The blocks that were taken, without their empty lines. */
    List<String> blocks() {
        return text().isEmpty() ? List.of() : Arrays.asList(text().split("\n\n"));
    }

    /** The names of the events that were taken; the default event and comments stand for themselves. */
    List<String> names() {
        return blocks().stream().map(FakeWire::name).toList();
    }

    private static String name(String block) {
        return block.startsWith(":")
                ? block
                : block.lines()
                        .filter(line -> line.startsWith("event: "))
                        .map(line -> line.substring(7))
                        .findFirst()
                        .orElse("message");
    }

    /** The ids of the events of the log that were taken: all but those of connected and reset. */
    List<Long> ids() {
        return blocks().stream()
                .filter(block -> block.startsWith("id: ") && !block.contains("\nevent: reset\n"))
                .map(block -> Long.parseLong(block.substring(4, block.indexOf('\n'))))
                .toList();
    }

    List<Integer> writes() {
        return List.copyOf(writes);
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }

    boolean isFlushed() {
        return unflushed == 0;
    }

    boolean isClosed() {
        return closes > 0;
    }

    int closes() {
        return closes;
    }
}
