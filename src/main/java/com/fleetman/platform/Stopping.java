package com.fleetman.platform;

/**
 * Fired once as a CDI event when the application ends: requests have stopped, everything else still works. The end of
 * {@code ApplicationScoped} is no moment to rely on for that: Payara has taken the class loader out of use by then, so
 * that what was not used before cannot be used any more.
 */
public record Stopping() {
    /** The priority of observers that close what others still use while they stop. */
    public static final int LAST = 10_000;
}
