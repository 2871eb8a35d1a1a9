package com.fleetman.platform;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What a client is told of its limits: {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). */
public final class RateHeaders {
    public static final String LIMIT = "RateLimit";
    public static final String POLICY = "RateLimit-Policy";

    private RateHeaders() {}

    /** {@code "user";r=1199;t=1}: how many are left, and in how many seconds all are. */
    public static String limit(List<RateLimiter.Verdict> verdicts) {
        return verdicts.stream()
                .map(one -> "\"" + one.name() + "\";r=" + one.remaining() + ";t=" + seconds(one.whole()))
                .collect(Collectors.joining(", "));
    }

    /** {@code "user";q=1200;w=60}: so many in so many seconds. */
    public static String policy(List<RateLimiter.Verdict> verdicts) {
        return verdicts.stream()
                .map(one -> "\"" + one.name() + "\";q=" + one.quota() + ";w=" + seconds(one.window()))
                .collect(Collectors.joining(", "));
    }

    /** Whole seconds, rounded up, so that who waits so long has waited long enough. */
    public static long seconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }
}
