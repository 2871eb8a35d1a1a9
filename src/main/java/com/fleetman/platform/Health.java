package com.fleetman.platform;

/**
 * How one component of this node is.
 *
 * @param reason a sentence for operators that tells nothing secret; empty while it is up
 */
public record Health(State state, String reason) {
    public static final Health UP = new Health(State.UP, "");

    /** From good to bad. */
    public enum State {
        UP,
        /** It works, and less well than it should. */
        DEGRADED,
        DOWN
    }

    public static Health degraded(String reason) {
        return new Health(State.DEGRADED, reason);
    }

    public static Health down(String reason) {
        return new Health(State.DOWN, reason);
    }

    public static Health downUnless(boolean up, String reason) {
        return up ? UP : down(reason);
    }
}
