package com.fleetman.platform.tomcat;

import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.fleetman.platform.Settings;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.Driver;

/**
 * The connection pool. In a transaction every caller gets the transaction's one connection, outside of it a connection
 * in autocommit mode.
 */
final class Pool {

    /**
     * A connection that rested longer is tried before it is handed out, so that after a restart of PostgreSQL only
     * those requests fail that were being served; one that was used a moment ago is not worth the round trip.
     */
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofMillis(500);

    private static final int VALIDATION_SECONDS = 3;

    private static final Duration KEPT_WHILE_IDLE = Duration.ofMinutes(5);

    private Pool() {}

    /** Opens no connection yet: the pool of an application whose database is down can be made, and recovers by itself. */
    static AgroalDataSource open(Settings settings) {
        try {
            return AgroalDataSource.from(configuration(settings));
        } catch (SQLException e) {
            throw new IllegalStateException("The connection pool could not be made.", e);
        }
    }

    private static AgroalDataSourceConfiguration configuration(Settings settings) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(settings.databasePoolSize())
                        .acquisitionTimeout(settings.databaseAcquireTimeout())
                        .reapTimeout(KEPT_WHILE_IDLE)
                        .idleValidationTimeout(TRUSTED_WHILE_IDLE)
                        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
                        // The default cache is thread-local: it would leave connections in the container's threads.
                        .connectionCache(ConnectionCache.none())
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                TransactionManager.transactionManager(),
                                jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry()))
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
}
