package com.fleetman.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionConnectionTest {
    private final List<String> calls = new ArrayList<>();
    private boolean commitFails;
    private final Connection connection = TransactionConnection.over(new PoolSource() {
        @Override
        public Connection getConnection() {
            calls.add("borrow");
            return session();
        }
    });

    /** A session that tells what is done to it. */
    private Connection session() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    calls.add(args == null ? method.getName() : method.getName() + " " + args[0]);
                    if (method.getName().equals("commit") && commitFails) {
                        throw new SQLException("gone", "08006");
                    }
                    return method.getName().equals("isValid") ? (Object) true : null;
                });
    }

    @Test
    void aSessionIsBorrowedForTheFirstStatementAndGivenBackAtTheCommit() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(calls).isEmpty();

        connection.createStatement();
        connection.prepareStatement("select 1");
        connection.commit();

        assertThat(calls)
                .containsExactly(
                        "borrow",
                        "setAutoCommit false",
                        "createStatement",
                        "prepareStatement select 1",
                        "commit",
                        "close");
    }

    @Test
    void theNextTransactionBorrowsAgain() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement();
        connection.rollback();
        calls.clear();

        connection.createStatement();
        connection.commit();
        connection.setAutoCommit(true);

        assertThat(calls).containsExactly("borrow", "setAutoCommit false", "createStatement", "commit", "close");
    }

    @Test
    void aTransactionWithoutAStatementNeedsNoSession() throws SQLException {
        connection.setAutoCommit(false);
        connection.commit();
        connection.rollback();
        connection.setAutoCommit(true);

        assertThat(calls).isEmpty();
        assertThat(connection.isValid(1)).isTrue();
    }

    @Test
    void aFailedCommitIsToldAndTheSessionGivenBackAllTheSame() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement();
        commitFails = true;

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(connection::commit)
                .withMessage("gone");

        assertThat(calls).endsWith("commit", "close");
    }

    @Test
    void changingTheModeInTheMiddleCommits() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement();
        calls.clear();

        connection.setAutoCommit(true);

        assertThat(calls).containsExactly("setAutoCommit true", "close");
    }

    @Test
    void closingInTheMiddleRollsBack() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement();
        calls.clear();

        connection.close();

        assertThat(calls).containsExactly("rollback", "close");
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        assertThatExceptionOfType(SQLException.class).isThrownBy(connection::createStatement);
    }

    @Test
    void whatWasSetBeforeHoldsForTheSession() throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setAutoCommit(false);
        connection.createStatement();

        assertThat(calls)
                .containsExactly(
                        "borrow",
                        "setTransactionIsolation " + Connection.TRANSACTION_SERIALIZABLE,
                        "setReadOnly true",
                        "setAutoCommit false",
                        "createStatement");
        assertThat(connection.isReadOnly()).isTrue();
        assertThat(connection.getAutoCommit()).isFalse();
    }

    @Test
    void rollingBackToASavepointKeepsTheSession() throws SQLException {
        connection.setAutoCommit(false);
        connection.setSavepoint();
        connection.rollback(null);

        assertThat(calls).doesNotContain("close");
    }
}
