package com.fleetman.platform.server;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The data source of the application where the server has none for it. In a transaction every caller gets the
 * transaction's one connection, which the server commits; outside of it a connection in autocommit mode. All come from
 * our own pool, so its size, time-outs and checks hold on every server.
 */
final class PooledDataSource extends PoolSource {
    private final TransactionSynchronizationRegistry transactions;
    private final DataSource enlisted;

    /** @param enlisted the server's, made of {@link EnlistedDataSource}: its connections follow the transaction */
    PooledDataSource(TransactionSynchronizationRegistry transactions, DataSource enlisted) {
        this.transactions = transactions;
        this.enlisted = enlisted;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION
                ? ServerPool.get().getConnection()
                : enlisted.getConnection();
    }
}
