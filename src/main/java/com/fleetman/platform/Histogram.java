package com.fleetman.platform;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

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

    /** How many classes there are. */
    public static int classes() {
        return BOUNDS.length;
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

    /** How many durations there are in each class, the shortest first. */
    public long[] counts() {
        var copy = new long[counts.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts[i].sum();
        }
        return copy;
    }

    /**
     * A quantile of what was counted, as near as the classes allow: within one, durations are taken to be spread evenly, and
     * the last one is its lower bound.
     *
     * @param counts as of {@link #counts}, or sums of several
     * @param part from 0 to 1
     * @return seconds; 0 if nothing was counted
     */
    public static double quantile(long[] counts, double part) {
        double all = LongStream.of(counts).sum();
        double before = 0;
        double lower = 0;
        for (int i = 0; i < counts.length && i < BOUNDS.length - 1; i++) {
            if (counts[i] > 0 && before + counts[i] >= part * all) {
                return lower + (BOUNDS[i] - lower) * Math.max(0, part * all - before) / counts[i];
            }
            before += counts[i];
            lower = BOUNDS[i];
        }
        return all == 0 ? 0 : lower;
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
