package com.fleetman.stream;

/**
 * Something that all devices of one user must learn: a record whose JSON is the event's {@code data}. A new kind of
 * event is one new record.
 */
public interface UserEvent {
    /** The name of the default event, which has no {@code event:} line: a notification. */
    String DEFAULT = "";

    /** The event's type on the wire ({@code event:}, WHATWG HTML section 9.2.5), or {@link #DEFAULT}. */
    String eventName();
}
