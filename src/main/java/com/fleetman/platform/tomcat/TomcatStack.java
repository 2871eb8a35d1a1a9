package com.fleetman.platform.tomcat;

import com.arjuna.ats.arjuna.coordinator.TransactionReaper;
import com.fleetman.platform.Settings;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of this one application (the class is loaded by its class loader, so static means per application):
 * made when first asked for, closed together and in the opposite order of their use when the application stops.
 */
final class TomcatStack {

    private static final Logger log = LoggerFactory.getLogger(TomcatStack.class);

    private static final long HOUSEKEEPER_LIMIT_MS = 1_000;

    private static @Nullable AgroalDataSource dataSource;
    private static @Nullable EntityManagerFactory entityManagers;
    private static @Nullable Scheduler scheduler;
    private static boolean closed;

    private TomcatStack() {}

    static synchronized AgroalDataSource dataSource() {
        requireOpen();
        if (dataSource == null) {
            dataSource = Pool.open(Settings.load());
        }
        return dataSource;
    }

    static synchronized EntityManagerFactory entityManagers() {
        requireOpen();
        if (entityManagers == null) {
            entityManagers = EntityManagers.factory(dataSource());
        }
        return entityManagers;
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
        quietly(entityManagers);
        quietly(dataSource);
        quietly(TomcatStack::awaitHousekeeper);
        scheduler = null;
        entityManagers = null;
        dataSource = null;
        quietly(() -> TransactionReaper.terminate(false));
        quietly(TomcatStack::deregisterDriver);
    }

    /** The pool tells its thread to end and does not wait; Tomcat looks at once whether it is still there. */
    private static void awaitHousekeeper() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("agroal-")
                    && Objects.equals(thread.getContextClassLoader(), TomcatStack.class.getClassLoader())) {
                thread.join(HOUSEKEEPER_LIMIT_MS);
            }
        }
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

    /** DriverManager belongs to the JVM: a driver left there would keep this application's classes alive for ever. */
    private static void deregisterDriver() throws SQLException {
        if (Driver.isRegistered()) {
            Driver.deregister();
        }
    }
}
