package com.fleetman.platform.tomcat;

import com.arjuna.ats.arjuna.coordinator.TransactionReaper;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.fleetman.platform.Pool;
import com.fleetman.platform.Settings;
import io.agroal.api.AgroalDataSource;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of this one application (the class is loaded by its class loader, so static means per application):
 * made when first asked for, closed together and in the opposite order of their use when the application stops.
 */
final class TomcatStack {

    private static final Logger log = LoggerFactory.getLogger(TomcatStack.class);

    private static @Nullable AgroalDataSource dataSource;
    private static @Nullable Scheduler scheduler;
    private static boolean closed;

    private TomcatStack() {}

    static synchronized AgroalDataSource dataSource() {
        requireOpen();
        if (dataSource == null) {
            dataSource = Pool.open(
                    Settings.load(),
                    new NarayanaTransactionIntegration(
                            TransactionManager.transactionManager(),
                            jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry()));
        }
        return dataSource;
    }

    static synchronized ManagedScheduledExecutorService scheduler() {
        requireOpen();
        if (scheduler == null) {
            scheduler = new Scheduler();
        }
        return scheduler.executor();
    }

    /** Idempotent, and a resource that fails to close does not keep the others open. */
    static synchronized void close() {
        closed = true;
        quietly(scheduler);
        AgroalDataSource pool = dataSource;
        quietly(pool == null ? null : () -> Pool.close(pool));
        scheduler = null;
        dataSource = null;
        quietly(() -> TransactionReaper.terminate(false));
    }

    private static void requireOpen() {
        if (closed) {
            // Making it anew here would leak it: nobody closes it any more.
            throw new IllegalStateException("The application has been stopped.");
        }
    }

    private static void quietly(@Nullable AutoCloseable resource) {
        if (resource == null) {
            return;
        }
        try {
            resource.close();
        } catch (Exception e) {
            log.warn("Could not close {} cleanly.", resource, e);
        }
    }
}
