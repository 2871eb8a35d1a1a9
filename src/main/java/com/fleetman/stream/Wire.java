package com.fleetman.stream;

import java.io.IOException;

/**
 * The way to one client: never blocks. Used by one writer at a time; {@link #isReady()} must have answered true right
 * before each {@link #write} and {@link #flush}. When it answers false, the owner is told later that it is ready.
 */
interface Wire {
    /** Whether something can be written now; false also once the client is gone. */
    boolean isReady() throws IOException;

    /** Takes all of the bytes; what the client does not take yet stays with the container. */
    void write(byte[] bytes) throws IOException;

    void flush() throws IOException;

    /** Ends the response. Idempotent; harmless after the client has gone. */
    void close();
}
