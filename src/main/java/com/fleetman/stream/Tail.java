package com.fleetman.stream;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest frames of one user's log, so that a burst to several devices is read from the database at most once. Only
 * a cache: what is not here is read from the log. It is emptied as soon as every device has caught up.
 */
final class Tail {
    private static final int SLOTS = 32;
    private static final int LARGEST = 16_384;

    private final AtomicReferenceArray<@Nullable Frame> slots = new AtomicReferenceArray<>(SLOTS);

    void put(Frame frame) {
        if (frame.bytes().length <= LARGEST) {
            slots.accumulateAndGet(slot(frame.seq()), frame, Tail::newer);
        }
    }

    /** The frame at a position, or null if it is not at hand. */
    @Nullable
    Frame get(long seq) {
        Frame frame = slots.get(slot(seq));
        return frame != null && frame.seq() == seq ? frame : null;
    }

    /** The frame that is at hand where it says the same, since it may know when it was committed, or else the given one. */
    Frame known(Frame logged) {
        Frame frame = get(logged.seq());
        return frame != null && Arrays.equals(frame.bytes(), logged.bytes()) ? frame : logged;
    }

    void clear() {
        for (int i = 0; i < SLOTS; i++) {
            slots.lazySet(i, null);
        }
    }

    private static Frame newer(@Nullable Frame known, @Nullable Frame offered) {
        Frame frame = java.util.Objects.requireNonNull(offered);
        return known != null && known.seq() > frame.seq() ? known : frame;
    }

    private static int slot(long seq) {
        return (int) (seq & (SLOTS - 1));
    }
}
