package com.fleetman.stream;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The canary's device: takes everything at once and listens for one song. */
final class CanaryWire implements Wire {
    private record Awaited(String song, CompletableFuture<Long> heard) {}

    private volatile @Nullable Awaited awaited;

    /** @return the time by {@link System#nanoTime} at which it is heard */
    CompletableFuture<Long> listen(UUID song) {
        var heard = new CompletableFuture<Long>();
        awaited = new Awaited(song.toString(), heard);
        return heard;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void write(byte[] bytes) {
        Awaited waiting = awaited;
        if (waiting != null && new String(bytes, StandardCharsets.UTF_8).contains(waiting.song())) {
            waiting.heard().complete(System.nanoTime());
            awaited = null;
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        awaited = null;
    }
}
