package com.fleetman.platform.tomcat;

import com.fleetman.platform.Takeover;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * One connection that was taken over. Public, since Tomcat makes it. Everything happens under the lock of the socket,
 * which Tomcat holds as well while it reports an event.
 *
 * <p>What the client does not take yet stays here as it was handed over, without a copy: only one buffer's worth of it is
 * Tomcat's at a time.
 */
public final class TakenConnection implements InternalHttpUpgradeHandler, Takeover.Direct {
    private static final int READ_AT_ONCE = 256;

    private volatile @Nullable SocketWrapperBase<?> socket;
    private volatile Takeover.@Nullable Listener listener;
    private volatile boolean over;
    private byte @Nullable [] rest;
    private int written;
    private boolean flushing;

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    /** The head of the response is with the client: from now on the connection is ours. */
    @Override
    public void init(WebConnection connection) {
        SocketWrapperBase<?> ours = socket;
        if (over && ours != null) {
            ours.close();
            return;
        }
        tellWritable();
    }

    @Override
    public void start(Takeover.Listener told) {
        listener = told;
        if (over) {
            told.gone();
        }
    }

    @Override
    public boolean isReady() {
        SocketWrapperBase<?> to = socket;
        if (to == null || over) {
            return false;
        }
        Lock lock = SocketLock.of(to);
        lock.lock();
        try {
            return !over && rest == null && !flushing;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        SocketWrapperBase<?> to = socket;
        if (to == null || bytes.length == 0) {
            return;
        }
        Lock lock = SocketLock.of(to);
        lock.lock();
        try {
            if (!over) {
                rest = bytes;
                written = 0;
                push(to);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes as much as the client takes now; if that is not all, Tomcat tells when it takes more. */
    private void push(SocketWrapperBase<?> to) throws IOException {
        while (true) {
            flushing = to.flush(false);
            if (flushing) {
                to.registerWriteInterest();
                return;
            }
            byte[] bytes = rest;
            if (bytes == null) {
                return;
            }
            int next = Math.min(
                    bytes.length - written,
                    to.getSocketBufferHandler().getWriteBuffer().capacity());
            if (next == 0) {
                throw new IOException("the server has closed the connection");
            }
            to.write(false, bytes, written, next);
            written += next;
            if (written == bytes.length) {
                rest = null;
            }
        }
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        SocketWrapperBase<?> from = socket;
        if (from == null || over) {
            return SocketState.CLOSED;
        }
        try {
            return switch (event) {
                case OPEN_READ -> {
                    pass(from);
                    yield SocketState.UPGRADED;
                }
                case OPEN_WRITE -> {
                    push(from);
                    if (!flushing && rest == null) {
                        tellWritable();
                    }
                    yield SocketState.UPGRADED;
                }
                default -> SocketState.CLOSED;
            };
        } catch (IOException e) {
            return SocketState.CLOSED; // the client is gone; destroy() says so
        }
    }

    /** A client of a stream has nothing to say; what it sends all the same is passed over. Its end is an exception. */
    private static void pass(SocketWrapperBase<?> from) throws IOException {
        var bytes = new byte[READ_AT_ONCE];
        int read = from.read(false, bytes, 0, bytes.length);
        while (read > 0) {
            read = from.read(false, bytes, 0, bytes.length);
        }
        if (read < 0) {
            throw new IOException("the client has ended the connection");
        }
    }

    private void tellWritable() {
        Takeover.Listener told = listener;
        if (told != null) {
            told.writable();
        }
    }

    @Override
    public void close() {
        over = true;
        SocketWrapperBase<?> ours = socket;
        if (ours == null) {
            return; // not yet ours: init() will see that it is over
        }
        Lock lock = SocketLock.of(ours);
        lock.lock();
        try {
            rest = null;
            ours.close(); // once, however often it is called
        } finally {
            lock.unlock();
        }
    }

    /** Called by Tomcat at every end of a connection. */
    @Override
    public void destroy() {
        over = true;
        rest = null;
        Takeover.Listener told = listener;
        if (told != null) {
            told.gone();
        }
    }

    @Override
    public void timeoutAsync(long now) {
        // the heartbeat and the stall limit do that
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // nothing here depends on it
    }

    @Override
    public void pause() {
        // the application says good-bye to its clients by itself
    }
}
