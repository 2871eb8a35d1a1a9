package com.fleetman.platform;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.transaction.xa.XAException;

/** What a caller may know of a failure, whatever layer it came from. Only what is our fault is logged with its stack. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class.getName());
    private static final Duration SOON = Duration.ofSeconds(1);

    private Failures() {}

    static Problem asProblem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof WebApplicationException web) {
                return ofStatus(web.getResponse().getStatus());
            }
            if (cause instanceof SQLException sql) {
                return ofDatabase(sql, failure);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOfTransaction(cause)) {
                // Some servers tell of a database that went away at the commit or rollback without its own exception.
                LOG.log(Level.WARNING, "a transaction did not come to its end", failure);
                return Problem.unavailable("try_again", "the change could not be completed; try again", SOON);
            }
        }
        LOG.log(Level.SEVERE, "request failed", failure);
        return ofStatus(500);
    }

    private static boolean isOfTransaction(Throwable cause) {
        return cause instanceof RollbackException
                || cause instanceof HeuristicMixedException
                || cause instanceof HeuristicRollbackException
                || cause instanceof SystemException
                || cause instanceof XAException;
    }

    static Problem ofStatus(int status) {
        int shown = status >= 400 && status < 600 ? status : 500;
        return Problem.of(
                shown,
                Statuses.code(shown),
                switch (shown) {
                    case 404 -> "there is nothing at this path";
                    case 405 -> "this path does not take this method";
                    case 406 -> "this path answers application/json";
                    case 415 -> "the body must be application/json";
                    case 500 -> "the server failed; nothing was stored";
                    default -> Statuses.reason(shown);
                });
    }

    private static Problem ofDatabase(SQLException sql, Throwable failure) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("40") || state.equals("55P03")) {
            return Problem.unavailable("try_again", "the change collided with another one; nothing was stored", SOON);
        }
        if (state.startsWith("23") || state.startsWith("22") || state.startsWith("42")) {
            LOG.log(Level.SEVERE, "the database refused a statement", failure);
            return ofStatus(500);
        }
        LOG.log(Level.WARNING, () -> "database unavailable: " + sql.getMessage());
        return Problem.unavailable("database_unavailable", "the database cannot be reached; try again", SOON);
    }
}
