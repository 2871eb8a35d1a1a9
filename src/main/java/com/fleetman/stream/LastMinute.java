package com.fleetman.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/** The increase of counts that only grow over the last minute, from readings that are made every few seconds. */
final class LastMinute {
    private static final long SPAN = 60_000_000_000L;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private static final class Reading {
        final long nanos;
        final long[] counts;

        Reading(long nanos, long[] counts) {
            this.nanos = nanos;
            this.counts = counts;
        }
    }

    /**
     * Adds a reading.
     *
     * @param nanos of the clock that {@link System#nanoTime} reads
     * @return by how much the counts have grown since the oldest reading that is at most a minute old
     */
    long[] add(long nanos, long[] counts) {
        readings.add(new Reading(nanos, counts));
        while (nanos - readings.getFirst().nanos > SPAN) {
            readings.removeFirst();
        }
        return DeliveryTimes.minus(counts, readings.getFirst().counts);
    }
}
