package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.ws.rs.NotFoundException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static String told(Throwable failure) {
        Problem problem = Failures.asProblem(failure);
        return problem.status() + " " + problem.code();
    }

    private static Throwable causedBy(Throwable failure, Throwable cause) {
        return failure.initCause(cause);
    }

    @Test
    void ourOwnProblemIsToldWhateverItIsWrappedIn() {
        assertThat(told(new IllegalStateException(Problem.notFound("user_not_found", "no"))))
                .isEqualTo("404 user_not_found");
        assertThat(told(new NotFoundException())).isEqualTo("404 not_found");
    }

    @Test
    void aDatabaseThatIsAwayCanBeTriedAgain() {
        assertThat(told(new IllegalStateException(new SQLException("gone", "57P01"))))
                .isEqualTo("503 database_unavailable");
        assertThat(told(new SQLException("deadlock", "40P01"))).isEqualTo("503 try_again");
    }

    @Test
    void aDatabaseThatRefusesAStatementIsOurFault() {
        assertThat(told(new SQLException("duplicate", "23505"))).isEqualTo("500 internal_error");
    }

    @Test
    void aTransactionThatCouldNotEndCanBeTriedAgain() {
        for (Exception failure : new Exception[] {
            new RollbackException("marked"), new SystemException("rar"), new XAException(XAException.XAER_RMFAIL)
        }) {
            assertThat(told(new IllegalStateException(failure))).isEqualTo("503 try_again");
        }
    }

    @Test
    void whatTheDatabaseSaidOfItComesFirst() {
        assertThat(told(causedBy(new RollbackException("marked"), new SQLException("duplicate", "23505"))))
                .isEqualTo("500 internal_error");
        assertThat(told(causedBy(new RollbackException("marked"), new SQLException("gone", "08006"))))
                .isEqualTo("503 database_unavailable");
    }

    @Test
    void anythingElseIsOurFault() {
        assertThat(told(new IllegalStateException("bug"))).isEqualTo("500 internal_error");
    }
}
