package com.fleetman.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Spreads something periodic evenly over its interval: every member is due once per turn, and members that came all at
 * once are due one after the other. Turned by one thread; members come and go on any.
 */
final class HeartbeatWheel<T> {
    private final List<Set<T>> slots;
    private final ConcurrentHashMap<T, Set<T>> places = new ConcurrentHashMap<>();
    private final AtomicInteger joined = new AtomicInteger();
    private final int stride;
    private int position;

    /** @param tick how often {@link #turn} is called; the interval should be a multiple of it */
    HeartbeatWheel(Duration interval, Duration tick) {
        int count = (int) Math.max(1, interval.toMillis() / tick.toMillis());
        slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slots.add(ConcurrentHashMap.newKeySet());
        }
        stride = strideFor(count);
    }

    /** A step near the golden section of the count and prime to it: any run of joins is spread, and all slots fill. */
    private static int strideFor(int count) {
        int step = Math.max(1, (int) Math.round(count * 0.618));
        while (gcd(step, count) != 1) {
            step++;
        }
        return step;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    void add(T member) {
        long turn = Integer.toUnsignedLong(joined.getAndIncrement());
        Set<T> slot = slots.get((int) (turn * stride % slots.size()));
        if (places.putIfAbsent(member, slot) == null) {
            slot.add(member);
        }
    }

    void remove(T member) {
        Set<T> slot = places.remove(member);
        if (slot != null) {
            slot.remove(member);
        }
    }

    Set<T> members() {
        return places.keySet();
    }

    /** Takes the next slot's turn. */
    void turn(Consumer<T> due) {
        position = (position + 1) % slots.size();
        slots.get(position).forEach(due);
    }
}
