package com.fleetman.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets so many requests per window through for each key, on this node: a token bucket that is full at first and fills
 * evenly (the generic cell rate algorithm, which needs one number per key). Memory is bounded: of the keys that were
 * asked for least recently it forgets what it knows.
 */
public final class RateLimiter {
    private static final int MOST_KEYS = 100_000;

    private final String name;
    private final int quota;
    private final long window;
    private final LongSupplier nanoTime;
    private final Map<String, Long> full;

    /**
     * @param name what it is called in the {@code RateLimit} header
     * @param quota requests per window; 0 lets everything through
     */
    public RateLimiter(String name, int quota, Duration window) {
        this(name, quota, window, MOST_KEYS, System::nanoTime);
    }

    RateLimiter(String name, int quota, Duration window, int mostKeys, LongSupplier nanoTime) {
        this.name = name;
        this.quota = quota;
        this.window = window.toNanos();
        this.nanoTime = nanoTime;
        this.full = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > mostKeys;
            }
        };
    }

    /**
     * How a request stands to the limit.
     *
     * @param remaining how many more may follow at once
     * @param whole how long until as many are left as at first
     * @param retryAfter how long to wait; zero if the request may pass
     */
    public record Verdict(String name, int quota, Duration window, int remaining, Duration whole, Duration retryAfter) {
        public boolean passes() {
            return retryAfter.isZero();
        }
    }

    public boolean isOff() {
        return quota == 0;
    }

    /** Counts a request, unless it is too many. */
    public Verdict take(String key) {
        long step = Math.max(1, window / quota);
        long now = nanoTime.getAsLong();
        synchronized (full) {
            long known = full.getOrDefault(key, now);
            // When the bucket would be full again without this request.
            long before = known - now > 0 ? known : now;
            long wait = before + step - now - window;
            if (wait > 0) {
                return verdict(before - now, step, Duration.ofNanos(wait));
            }
            full.put(key, before + step);
            return verdict(before + step - now, step, Duration.ZERO);
        }
    }

    private Verdict verdict(long missing, long step, Duration retryAfter) {
        int remaining = (int) Math.max(0, (window - missing) / step);
        return new Verdict(name, quota, Duration.ofNanos(window), remaining, Duration.ofNanos(missing), retryAfter);
    }

    int keys() {
        synchronized (full) {
            return full.size();
        }
    }
}
