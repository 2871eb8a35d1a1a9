package com.fleetman.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a test does beside itself, each on a thread of its own. The common pool has one or two on a small machine, and
 * the JDK needs it, too: a process is not seen to end while all of them wait.
 */
public final class Background {
    private Background() {}

    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, Background::start);
    }

    public static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Background::start);
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().start(task);
    }
}
