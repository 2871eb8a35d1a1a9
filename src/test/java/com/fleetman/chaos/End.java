package com.fleetman.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of something that others go on with until then, at a pace of their own. */
final class End {
    private final CountDownLatch latch = new CountDownLatch(1);

    void come() {
        latch.countDown();
    }

    boolean hasCome() {
        return latch.getCount() == 0;
    }

    /** Waits for so long, or until the end if that comes first; answers whether it has come. */
    boolean comesWithin(Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
