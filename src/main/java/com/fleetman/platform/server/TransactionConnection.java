package com.fleetman.platform.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has a database session only while a transaction needs one: it borrows it at the first statement and
 * gives it back at commit or rollback (what poolers call transaction pooling). A server may keep any number of these for
 * as long as it likes. Used by one thread at a time, as the server's pool sees to.
 */
final class TransactionConnection implements InvocationHandler {
    private final DataSource pool;
    private @Nullable Connection borrowed;
    private boolean autoCommit = true;
    private int isolation = Connection.TRANSACTION_READ_COMMITTED;
    private boolean readOnly;
    private boolean closed;

    private TransactionConnection(DataSource pool) {
        this.pool = pool;
    }

    static Connection over(DataSource pool) {
        return (Connection) Proxy.newProxyInstance(
                TransactionConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new TransactionConnection(pool));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // A proxy equals only itself.
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        Object[] given = args == null ? new Object[0] : args;
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "TransactionConnection over " + borrowed;
            case "isClosed" -> closed;
            case "close", "abort" -> close();
            case "getAutoCommit" -> autoCommit;
            case "setAutoCommit" -> setAutoCommit((Boolean) given[0]);
            case "getTransactionIsolation" -> isolation;
            case "setTransactionIsolation" -> setIsolation((Integer) given[0]);
            case "isReadOnly" -> readOnly;
            case "setReadOnly" -> setReadOnly((Boolean) given[0]);
            case "commit" -> end(method, given);
            case "rollback" -> given.length == 0 ? end(method, given) : invoke(borrow(), method, given);
            case "getWarnings", "clearWarnings" -> borrowed == null ? null : invoke(borrowed, method, given);
            case "isValid" -> isValid((Integer) given[0]);
            default -> invoke(borrow(), method, given);
        };
    }

    private Connection borrow() throws SQLException {
        if (closed) {
            throw new SQLException("the connection is closed", "08003");
        }
        Connection mine = borrowed;
        if (mine == null) {
            mine = pool.getConnection();
            borrowed = mine;
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                mine.setTransactionIsolation(isolation);
            }
            if (readOnly) {
                mine.setReadOnly(true);
            }
            if (!autoCommit) {
                mine.setAutoCommit(false);
            }
        }
        return mine;
    }

    private void giveBack() throws SQLException {
        Connection mine = borrowed;
        borrowed = null;
        if (mine != null) {
            mine.close();
        }
    }

    private @Nullable Object close() throws SQLException {
        closed = true;
        Connection mine = borrowed;
        if (mine != null && !autoCommit) {
            try {
                mine.rollback();
            } finally {
                giveBack();
            }
        }
        giveBack();
        return null;
    }

    /** Commits what is open if the mode changes, as JDBC wants it. */
    private @Nullable Object setAutoCommit(boolean wanted) throws SQLException {
        if (wanted != autoCommit) {
            autoCommit = wanted;
            Connection mine = borrowed;
            if (mine != null) {
                try {
                    mine.setAutoCommit(wanted);
                } finally {
                    giveBack();
                }
            }
        }
        return null;
    }

    private @Nullable Object setIsolation(int wanted) throws SQLException {
        isolation = wanted;
        if (borrowed != null) {
            borrowed.setTransactionIsolation(wanted);
        }
        return null;
    }

    private @Nullable Object setReadOnly(boolean wanted) throws SQLException {
        readOnly = wanted;
        if (borrowed != null) {
            borrowed.setReadOnly(wanted);
        }
        return null;
    }

    /** Commit or rollback; the session is given back whatever comes of it. */
    private @Nullable Object end(Method method, Object[] args) throws Throwable {
        Connection mine = borrowed;
        if (mine == null) {
            return null;
        }
        try {
            return invoke(mine, method, args);
        } finally {
            giveBack();
        }
    }

    /** True while there is no session: the pool tries it before it is borrowed. */
    private boolean isValid(int seconds) throws SQLException {
        return !closed && (borrowed == null || borrowed.isValid(seconds));
    }

    private static @Nullable Object invoke(Connection target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
