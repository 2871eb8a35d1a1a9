package com.fleetman.dev;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Closes what was started, last one first, when this JVM is told to end: by Ctrl-C, by SIGTERM, by the end of Maven, or
 * by a start that failed. Each part has a limited time, so that one that hangs does not keep the others alive.
 */
final class Teardown {
    private static final Logger LOG = Logger.getLogger(Teardown.class.getName());
    private static final int SECONDS_EACH = 45;
    private static final int POLL_MS = 300;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean begun;

    /** Called before the part is started: a part that is still starting when the end comes is closed too. */
    void add(AutoCloseable part) throws InterruptedException {
        synchronized (this) {
            if (!begun) {
                parts.push(part);
                return;
            }
        }
        awaitEnd();
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    void closeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "teardown"));
    }

    /**
     * Ends this JVM when the process that started it has ended: Maven does not pass the signals on that it gets. The
     * JDK's own notice would come up to five seconds late.
     */
    void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var watch = new Thread(
                    () -> {
                        try {
                            while (parent.isAlive()) {
                                TimeUnit.MILLISECONDS.sleep(POLL_MS);
                            }
                            System.exit(0);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "parent-watch");
            watch.setDaemon(true);
            watch.start();
        });
    }

    /** Never returns: the JVM ends first. */
    static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private void closeAll() {
        synchronized (this) {
            begun = true;
        }
        while (true) {
            AutoCloseable part;
            synchronized (this) {
                part = parts.poll();
            }
            if (part == null) {
                return;
            }
            closeInTime(part);
        }
    }

    private static void closeInTime(AutoCloseable part) {
        var closing = new Thread(
                () -> {
                    try {
                        part.close();
                    } catch (Exception e) {
                        LOG.log(Level.WARNING, "not stopped cleanly", e);
                    }
                },
                "stop");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TimeUnit.SECONDS.toMillis(SECONDS_EACH));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
