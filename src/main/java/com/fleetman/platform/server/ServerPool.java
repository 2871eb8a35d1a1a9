package com.fleetman.platform.server;

import com.fleetman.platform.Pool;
import com.fleetman.platform.Settings;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.transaction.TransactionIntegration;
import org.jspecify.annotations.Nullable;

/** The pool of this one application: made when first asked for, closed after the application's last bean is gone. */
final class ServerPool {
    private static @Nullable AgroalDataSource pool;
    private static boolean closed;

    private ServerPool() {}

    static synchronized AgroalDataSource get() {
        if (closed) {
            // Making it anew here would leak it: nobody closes it any more.
            throw new IllegalStateException("The application has been stopped.");
        }
        if (pool == null) {
            pool = Pool.open(Settings.load(), TransactionIntegration.none());
        }
        return pool;
    }

    static synchronized void close() {
        closed = true;
        if (pool != null) {
            Pool.close(pool);
            pool = null;
        }
    }
}
