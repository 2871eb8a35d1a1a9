package com.fleetman.stream;

import java.util.BitSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Of whom this node wants to hear: users fall into {@link #BUCKETS} buckets by their id, and it wants those in which
 * it has somebody. So a node with few streams hears little, and one with many has a bounded number of subscriptions.
 */
final class Interest {
    static final int BUCKETS = 1_024;

    private final AtomicIntegerArray users = new AtomicIntegerArray(BUCKETS);

    /** The bucket of a user, the same on every node and in every version: the last ten bits of the id, which are random. */
    static int bucket(UUID userId) {
        return (int) (userId.getLeastSignificantBits() & (BUCKETS - 1));
    }

    /** Answers whether the user is the first of its bucket. */
    boolean add(UUID userId) {
        return users.getAndIncrement(bucket(userId)) == 0;
    }

    /** Answers whether the user was the last of its bucket. */
    boolean remove(UUID userId) {
        return users.decrementAndGet(bucket(userId)) == 0;
    }

    BitSet wanted() {
        var wanted = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            if (users.get(i) > 0) {
                wanted.set(i);
            }
        }
        return wanted;
    }
}
