package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, Integer> recent = new Recent<>(10);

    @Test
    void remembersWhatItWasGiven() {
        recent.put("a", 1);

        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("b")).isNull();
    }

    @Test
    void neverHoldsMoreThanItMay() {
        for (int i = 0; i < 1_000; i++) {
            recent.put("key " + i, i);
            assertThat(held(i + 1)).isLessThanOrEqualTo(10);
        }
        assertThat(recent.get("key 999")).isEqualTo(999);
    }

    @Test
    void keepsWhatIsAskedForAgainAndAgain() {
        recent.put("busy", 1);
        recent.put("idle", 2);
        for (int i = 0; i < 100; i++) {
            recent.put("key " + i, i);
            assertThat(recent.get("busy")).isEqualTo(1);
        }
        assertThat(recent.get("idle")).isNull();
    }

    /** By a look that changes nothing: each key is asked of a cache of its own with the same entries. */
    private static long held(int entries) {
        return IntStream.range(0, entries)
                .filter(key -> {
                    var same = new Recent<String, Integer>(10);
                    for (int i = 0; i < entries; i++) {
                        same.put("key " + i, i);
                    }
                    return same.get("key " + key) != null;
                })
                .count();
    }
}
