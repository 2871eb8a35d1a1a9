package com.fleetman.platform;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.api.transaction.TransactionIntegration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** The connection pool, with the same settings and habits on every server. */
public final class Pool {
    private static final Logger LOG = Logger.getLogger(Pool.class.getName());

    /**
     * A connection that rested longer is tried before it is handed out, so that after a restart of PostgreSQL only
     * those requests fail that were being served; one that was used a moment ago is not worth the round trip.
     */
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofMillis(500);

    private static final int VALIDATION_SECONDS = 3;

    private static final long HOUSEKEEPER_LIMIT_MS = 1_000;
    private static final Duration KEPT_WHILE_IDLE = Duration.ofMinutes(5);

    private static volatile @Nullable AgroalDataSource open;

    private Pool() {}

    /** Opens no connection yet: the pool of an application whose database is down can be made, and recovers by itself. */
    public static AgroalDataSource open(Settings settings, TransactionIntegration transactions) {
        try {
            AgroalDataSource pool = AgroalDataSource.from(configuration(settings, transactions));
            open = pool;
            return pool;
        } catch (SQLException e) {
            throw new IllegalStateException("The connection pool could not be made.", e);
        }
    }

    private static AgroalDataSourceConfiguration configuration(Settings settings, TransactionIntegration transactions) {
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(pool -> pool.maxSize(settings.databasePoolSize())
                        .acquisitionTimeout(settings.databaseAcquireTimeout())
                        .reapTimeout(KEPT_WHILE_IDLE)
                        .idleValidationTimeout(TRUSTED_WHILE_IDLE)
                        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
                        // The default cache is thread-local: it would leave connections in the container's threads.
                        .connectionCache(ConnectionCache.none())
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .transactionIntegration(transactions)
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(Driver.class)
                                .jdbcUrl(settings.databaseUrl())
                                // The details quote values, an e-mail address or a message, which are no log's
                                // business.
                                .jdbcProperty("logServerErrorDetail", "false")
                                .jdbcProperty("reWriteBatchedInserts", "true")
                                .jdbcProperty("ApplicationName", "fleetman " + settings.node())
                                .jdbcProperty("tcpKeepAlive", "true")
                                .principal(new NamePrincipal(settings.databaseUser()))
                                .credential(new SimplePassword(settings.databasePassword()))
                                .loginTimeout(settings.databaseAcquireTimeout())))
                .get();
    }

    /** What the application's pool counts; empty if there is none (yet), as with a data source of the server's. */
    static Optional<AgroalDataSourceMetrics> metrics() {
        return Optional.ofNullable(open).map(AgroalDataSource::getMetrics);
    }

    /** Closes the pool and leaves nothing of the driver behind in the server's JVM. Fails quietly, with a warning. */
    public static void close(AgroalDataSource pool) {
        open = null;
        pool.close();
        awaitHousekeeper();
        deregisterDriver();
    }

    /** The pool tells its thread to end and does not wait; a server may look at once whether it is still there. */
    private static void awaitHousekeeper() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("agroal-")
                    && Objects.equals(thread.getContextClassLoader(), Pool.class.getClassLoader())) {
                try {
                    thread.join(HOUSEKEEPER_LIMIT_MS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** DriverManager belongs to the JVM: a driver left there would keep this application's classes alive for ever. */
    private static void deregisterDriver() {
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the driver stays registered in this JVM", e);
        }
    }
}
