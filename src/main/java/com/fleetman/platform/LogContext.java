package com.fleetman.platform;

import org.jspecify.annotations.Nullable;

/** Whose request the current thread serves, for what is logged and traced meanwhile. */
public final class LogContext {
    private static final ThreadLocal<@Nullable LogContext> CURRENT = new ThreadLocal<>();

    private final String requestId;
    private final Tracing.@Nullable Request trace;
    private String userId = "";

    private LogContext(String requestId, Tracing.@Nullable Request trace) {
        this.requestId = requestId;
        this.trace = trace;
    }

    /** @param trace null if it is not traced */
    static void begin(String requestId, Tracing.@Nullable Request trace) {
        CURRENT.set(new LogContext(requestId, trace));
    }

    /** The request turned out to be this user's. */
    public static void user(String userId) {
        LogContext current = CURRENT.get();
        if (current != null) {
            current.userId = userId;
        }
    }

    static void end() {
        CURRENT.remove();
    }

    /** Empty outside of a request. */
    static String currentRequest() {
        LogContext current = CURRENT.get();
        return current == null ? "" : current.requestId;
    }

    /** Empty outside of a user's request. */
    static String currentUser() {
        LogContext current = CURRENT.get();
        return current == null ? "" : current.userId;
    }

    /** Null outside of a traced request. */
    public static Tracing.@Nullable Request currentTrace() {
        LogContext current = CURRENT.get();
        return current == null ? null : current.trace;
    }
}
