package com.fleetman.identity;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was of use lately, and never more than a number of entries: when there are half as many new ones, those that
 * nobody has asked for meanwhile are forgotten. Any thread may use it.
 */
final class Recent<K, V> {
    private record Halves<K, V>(ConcurrentHashMap<K, V> young, ConcurrentHashMap<K, V> old) {}

    private final int half;
    private volatile Halves<K, V> halves = new Halves<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    /** @param most entries, at least 2; threads that add at the same time may exceed it by one each */
    Recent(int most) {
        this.half = most / 2;
    }

    @Nullable
    V get(K key) {
        Halves<K, V> now = halves;
        V young = now.young.get(key);
        if (young != null) {
            return young;
        }
        V old = now.old.get(key);
        if (old != null) {
            put(key, old);
        }
        return old;
    }

    void put(K key, V value) {
        Halves<K, V> now = halves;
        now.young.put(key, value);
        if (now.young.size() >= half) {
            age();
        }
    }

    private synchronized void age() {
        Halves<K, V> now = halves;
        if (now.young.size() >= half) {
            halves = new Halves<>(new ConcurrentHashMap<>(), now.young);
        }
    }
}
