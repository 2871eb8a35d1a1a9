package com.fleetman.platform;

import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted in fixed classes from half a millisecond to ten seconds. Takes them from any number of threads at the
 * cost of two additions, and never blocks.
 */
public final class Histogram {
    /** Upper bounds of the classes in seconds, each inclusive; the last class is open. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private static final double NANOS = 1e9;

    private final LongAdder[] counts = new LongAdder[BOUNDS.length];
    private final LongAdder sum = new LongAdder();

    public Histogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** The upper bounds of the classes in seconds. */
    static double[] bounds() {
        return BOUNDS.clone();
    }

    /** Counts one duration; less than nothing counts as nothing. */
    public void record(long nanos) {
        long taken = Math.max(0, nanos);
        double seconds = taken / NANOS;
        int place = 0;
        while (seconds > BOUNDS[place]) {
            place++;
        }
        counts[place].increment();
        sum.add(taken);
    }

    /** How many durations there are in each class. */
    long[] counts() {
        var copy = new long[counts.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts[i].sum();
        }
        return copy;
    }

    /** How many durations were counted. */
    public long count() {
        long all = 0;
        for (long one : counts()) {
            all += one;
        }
        return all;
    }

    /** The sum of all durations in seconds. */
    public double seconds() {
        return sum.sum() / NANOS;
    }
}
