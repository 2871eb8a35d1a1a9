package com.fleetman.platform;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets an endless response be written straight to its connection, so that a server need not keep request, response and
 * their buffers for it. Servers that cannot do that have no bean of this type.
 */
public interface Takeover {
    /** Whether the connection of a request is of a kind that can be taken over at all. */
    boolean isPossible(HttpServletRequest request);

    /**
     * Takes over the connection of a request that is being served, for what comes after the head of its response. The
     * caller then sets status and headers, with {@code Connection: close} since the body ends with the connection, and
     * flushes the response; the connection becomes usable when the request has been served.
     *
     * @return null if this connection cannot be taken over; then nothing has happened to the response
     */
    @Nullable
    Direct take(HttpServletRequest request) throws IOException, ServletException;

    /** A connection that is ours. Everything may be called on any thread; nothing blocks. */
    interface Direct {
        /** Says whom to tell; until then nobody is. If it is over already, that is told at once. */
        void start(Listener listener);

        /** Whether everything that was written has been taken; if not, or not yet, the listener is told later. */
        boolean isReady();

        /** Takes the bytes, which nobody may change any more; only after {@link #isReady()}. */
        void write(byte[] bytes) throws IOException;

        /** Ends the connection. Idempotent. */
        void close();
    }

    /** What the owner of a connection is told, on threads of the server: it must not block. */
    interface Listener {
        void writable();

        void gone();
    }
}
