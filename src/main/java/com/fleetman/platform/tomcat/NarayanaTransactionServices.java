package com.fleetman.platform.tomcat;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.UserTransaction;
import org.jboss.weld.transaction.spi.TransactionServices;

/**
 * Tells Weld about transactions, so that AFTER_SUCCESS observers run after the commit and never after a rollback. Found
 * through META-INF/services; without it (or without weld-jta) they run at once and nothing complains.
 */
public final class NarayanaTransactionServices implements TransactionServices {

    @Override
    public void registerSynchronization(Synchronization synchronization) {
        try {
            Transaction transaction = TransactionManager.transactionManager().getTransaction();
            transaction.registerSynchronization(synchronization);
        } catch (RollbackException | SystemException e) {
            // Weld looks for the RollbackException in the cause, and then tells the AFTER_FAILURE observers.
            throw new IllegalStateException("The transaction takes no more observers.", e);
        }
    }

    @Override
    public boolean isTransactionActive() {
        try {
            return switch (TransactionManager.transactionManager().getStatus()) {
                case Status.STATUS_ACTIVE,
                        Status.STATUS_MARKED_ROLLBACK,
                        Status.STATUS_PREPARING,
                        Status.STATUS_PREPARED,
                        Status.STATUS_COMMITTING,
                        Status.STATUS_ROLLING_BACK -> true;
                default -> false;
            };
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction manager does not answer.", e);
        }
    }

    @Override
    public UserTransaction getUserTransaction() {
        return com.arjuna.ats.jta.UserTransaction.userTransaction();
    }

    @Override
    public void cleanup() {}
}
