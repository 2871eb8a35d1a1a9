package com.fleetman.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signals on their way to other nodes. One thread sends them: at once after a pause, and in a busy time several together,
 * none later than {@link #GATHER_MS}. It holds so many and no more; what is over is counted and left to the log.
 */
final class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class.getName());
    static final int CAPACITY = 10_000;
    private static final int GATHER_MS = 5;
    private static final int PAUSE_MS = 250;

    /** Sends to other nodes, and may take its time. */
    @FunctionalInterface
    interface Sender {
        /** @throws Exception if the signals were not sent, or not all of them */
        void send(List<Signal> signals) throws Exception;
    }

    private final Sender sender;
    private final BusMetrics metrics;
    private final BlockingQueue<Signal> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean failing;
    private @Nullable Thread thread;

    Outbox(Sender sender, BusMetrics metrics) {
        this.sender = sender;
        this.metrics = metrics;
    }

    void add(Signal signal) {
        if (!waiting.offer(signal)) {
            dropped.incrementAndGet();
            metrics.dropped();
        }
    }

    long dropped() {
        return dropped.get();
    }

    /** Whether the last attempt to send failed. */
    boolean isFailing() {
        return failing;
    }

    void start() {
        thread = Thread.ofVirtual().name("fleetman-bus-sender").start(this::run);
    }

    void stop() {
        Outbox.end(thread);
    }

    static void end(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        var batch = new ArrayList<Signal>();
        long sent = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(GATHER_MS);
        try {
            while (true) {
                batch.clear();
                batch.add(waiting.take());
                long early = sent + TimeUnit.MILLISECONDS.toNanos(GATHER_MS) - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                waiting.drainTo(batch);
                sent = System.nanoTime();
                send(batch);
            }
        } catch (InterruptedException e) {
            // stopped
        }
    }

    private void send(List<Signal> batch) throws InterruptedException {
        try {
            sender.send(batch);
            metrics.sent(batch.size());
            if (failing) {
                LOG.info("cluster bus sends again");
                failing = false;
                metrics.sends(true);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            dropped.addAndGet(batch.size());
            metrics.failed(batch.size());
            if (!failing) {
                failing = true;
                metrics.sends(false);
                LOG.log(
                        Level.WARNING,
                        () -> "cluster bus cannot send, other nodes will find it in the log: " + e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }
}
