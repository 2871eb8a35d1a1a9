package com.fleetman.platform;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * What the application needs of the server it runs on. Each kind of server has a package of ours with one public class
 * that implements this; {@link Requirements} knows which.
 */
public interface ServerResources {
    /** In a transaction the transaction's one connection, which is committed with it; else one in autocommit mode. */
    DataSource dataSource();

    ManagedScheduledExecutorService scheduler();

    TransactionSynchronizationRegistry transactions();
}
