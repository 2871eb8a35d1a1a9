package com.fleetman.stream;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream starts in its user's log.
 *
 * @param cursor the position before the first event it will get
 * @param resetReason why the position that was asked for cannot be had, or null if it can (or none was asked for)
 */
record StartPosition(long cursor, @Nullable String resetReason) {

    /** @param lastEventId what the client saw last, null or empty if it asks for nothing in particular */
    static StartPosition of(LogReader.Bounds bounds, @Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return new StartPosition(bounds.lastSeq(), null);
        }
        long asked = parse(lastEventId);
        if (asked < 0 || asked > bounds.lastSeq()) {
            return new StartPosition(bounds.lastSeq(), StreamEvents.RESET_UNKNOWN);
        }
        if (asked + 1 < bounds.firstKept()) {
            return new StartPosition(bounds.lastSeq(), StreamEvents.RESET_EXPIRED);
        }
        return new StartPosition(asked, null);
    }

    private static long parse(String text) {
        if (text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
