package com.fleetman.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking output of an asynchronous servlet response (Jakarta Servlet 6.0, section 3.7 and 5.8).
 *
 * <p>Containers recycle request and response as soon as they are told or notice that it is over, and a call that comes
 * too late then hits somebody else's stream. So every call goes through a lock and lets go of the response for ever
 * when the first of the many possible ends is seen. The lock is held across calls that do not block.
 */
final class ServletWire implements Wire, WriteListener, AsyncListener {
    /** What the owner of the wire is told; called on container threads, so it must not block. */
    interface Listener {
        void writable();

        /** What to say to a client whose exchange the container is about to end. */
        byte[] lastWords();

        void gone(CloseReason reason);
    }

    private static final Logger LOG = Logger.getLogger(ServletWire.class.getName());

    private final Listener listener;
    private final ReentrantLock io = new ReentrantLock();
    private volatile @Nullable AsyncContext exchange;
    private volatile @Nullable ServletOutputStream out;
    private boolean opened;

    private ServletWire(AsyncContext exchange, ServletOutputStream out, Listener listener) {
        this.exchange = exchange;
        this.out = out;
        this.listener = listener;
    }

    /** Takes over the output of an asynchronous exchange, on the thread that serves the request. */
    static ServletWire open(AsyncContext exchange, Listener listener) throws IOException {
        ServletOutputStream out = exchange.getResponse().getOutputStream();
        var wire = new ServletWire(exchange, out, listener);
        exchange.addListener(wire);
        out.setWriteListener(wire);
        return wire;
    }

    @Override
    public boolean isReady() {
        io.lock();
        try {
            ServletOutputStream to = out;
            return to != null && opened && to.isReady();
        } finally {
            io.unlock();
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        io.lock();
        try {
            ServletOutputStream to = out;
            if (to != null) {
                to.write(bytes);
            }
        } finally {
            io.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        io.lock();
        try {
            ServletOutputStream to = out;
            if (to != null) {
                to.flush();
            }
        } finally {
            io.unlock();
        }
    }

    @Override
    public void close() {
        io.lock();
        try {
            AsyncContext ending = exchange;
            letGo();
            if (ending != null) {
                ending.complete();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "the container was faster: it is over already", e);
        } finally {
            io.unlock();
        }
    }

    @Override
    public void onWritePossible() {
        if (lockBriefly()) {
            opened = true;
            io.unlock();
        }
        listener.writable();
    }

    @Override
    public void onError(Throwable failure) {
        close();
        listener.gone(CloseReason.CLIENT_GONE);
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
        listener.gone(CloseReason.CLIENT_GONE);
    }

    /**
     * There is no time-out on our side: Tomcat ends the exchanges of an application so when that is being stopped, and may
     * do it before the application itself hears of the stop.
     */
    @Override
    public void onTimeout(AsyncEvent event) {
        say(listener.lastWords());
        close();
        listener.gone(CloseReason.DRAINED);
    }

    private void say(byte[] words) {
        io.lock();
        try {
            ServletOutputStream to = out;
            if (to != null && opened && to.isReady()) {
                to.write(words);
                if (to.isReady()) {
                    to.flush();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "nobody there to hear it", e);
        } finally {
            io.unlock();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (lockBriefly()) {
            letGo();
            io.unlock();
        } else {
            letGo();
        }
        listener.gone(CloseReason.CLIENT_GONE);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nothing starts this exchange a second time
    }

    private void letGo() {
        exchange = null;
        out = null;
    }

    /**
     * The container may call while it holds locks of its own that the writer's call waits for, so this side never
     * waits for long.
     */
    private boolean lockBriefly() {
        try {
            return io.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
