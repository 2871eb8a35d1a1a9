package com.fleetman.platform;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.jspecify.annotations.Nullable;

/**
 * Lets Hibernate take part in transactions that the application begins and ends with {@code @Transactional}. It needs
 * only what every Jakarta EE server has under a standard name; a transaction manager has none.
 */
final class RegisteredTransactions implements JtaPlatform {
    private static final long serialVersionUID = 1L;

    private final transient TransactionSynchronizationRegistry registry;

    RegisteredTransactions(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    /** Not needed: Hibernate neither begins nor suspends a transaction here. */
    @Override
    public @Nullable TransactionManager retrieveTransactionManager() {
        return null;
    }

    /** Hibernate asks it how the transaction stands, and tells it that nothing can come of it any more. */
    @Override
    public UserTransaction retrieveUserTransaction() {
        return new Observed();
    }

    @Override
    public Object getTransactionIdentifier(Transaction transaction) {
        return transaction;
    }

    @Override
    public boolean canRegisterSynchronization() {
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    @Override
    public void registerSynchronization(Synchronization synchronization) {
        registry.registerInterposedSynchronization(synchronization);
    }

    @Override
    public int getCurrentStatus() {
        return registry.getTransactionStatus();
    }

    /** The transaction of the thread, which others begin and end. */
    private final class Observed implements UserTransaction {
        @Override
        public int getStatus() {
            return registry.getTransactionStatus();
        }

        @Override
        public void setRollbackOnly() {
            registry.setRollbackOnly();
        }

        @Override
        public void begin() {
            throw refused();
        }

        @Override
        public void commit() {
            throw refused();
        }

        @Override
        public void rollback() {
            throw refused();
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw refused();
        }

        private static UnsupportedOperationException refused() {
            return new UnsupportedOperationException("Transactions are begun and ended by @Transactional.");
        }
    }
}
