package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Logger;

/** Takes an account out of use, at once and on all devices, or puts it back. Both can be repeated. */
@ApplicationScoped
@Transactional
public class DeactivateUser {
    private static final Logger LOG = Logger.getLogger(DeactivateUser.class.getName());

    private final EntityManager entities;
    private final Sessions sessions;
    private final Clock clock;

    @Inject
    DeactivateUser(EntityManager entities, Sessions sessions, Clock clock) {
        this.entities = entities;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Ends all sessions of the user and lets nobody sign in to the account.
     *
     * @throws Problem 404 {@code user_not_found}; 409 {@code own_account}, so that the last administrator does not lock
     *     the door behind them
     */
    public void deactivate(Caller caller, UUID userId) {
        if (caller.userId().equals(userId)) {
            throw Problem.conflict("own_account", "you cannot deactivate your own account");
        }
        User user = locked(userId);
        if (user.isActive()) {
            user.deactivate(now());
            LOG.info(() -> "deactivated: user " + userId + ", by user " + caller.userId());
        }
        sessions.endAll(userId, SessionsEnded.Reason.DEACTIVATED);
    }

    /**
     * Lets the user sign in again. Ended sessions stay ended.
     *
     * @throws Problem 404 {@code user_not_found}
     */
    public void reactivate(Caller caller, UUID userId) {
        User user = locked(userId);
        if (!user.isActive()) {
            user.reactivate(now());
            LOG.info(() -> "reactivated: user " + userId + ", by user " + caller.userId());
        }
    }

    private User locked(UUID userId) {
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (user == null) {
            throw Users.notFound();
        }
        return user;
    }

    private Instant now() {
        return clock.instant();
    }
}
