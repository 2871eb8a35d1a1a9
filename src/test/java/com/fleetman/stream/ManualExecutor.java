package com.fleetman.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/** Runs what it was given when the test says so, in the order that the test wants. */
final class ManualExecutor implements Executor {
    private final List<Runnable> queued = new ArrayList<>();
    private boolean shutDown;

    @Override
    public void execute(Runnable task) {
        if (shutDown) {
            throw new RejectedExecutionException("shut down");
        }
        queued.add(task);
    }

    void runAll() {
        while (!queued.isEmpty()) {
            queued.remove(0).run();
        }
    }

    void runOne(RandomGenerator random) {
        if (!queued.isEmpty()) {
            queued.remove(random.nextInt(queued.size())).run();
        }
    }

    int queued() {
        return queued.size();
    }

    void shutDown() {
        shutDown = true;
    }
}
