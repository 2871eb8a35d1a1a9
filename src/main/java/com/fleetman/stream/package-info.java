/**
 * The log of every user and the streams that read it. A feature takes a user's {@link com.fleetman.stream.Inbox}
 * through {@link com.fleetman.stream.UserLog} and appends a {@link com.fleetman.stream.UserEvent} in its own
 * transaction; after the commit every device of that user learns it, in order and exactly once per connection. What
 * travels in memory or between nodes is only a wake-up: the log is the truth, a connection is a cursor into it.
 */
@NullMarked
package com.fleetman.stream;

import org.jspecify.annotations.NullMarked;
