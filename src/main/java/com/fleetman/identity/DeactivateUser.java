package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import java.util.logging.Logger;

/** Takes an account out of use, at once and on all devices, or puts it back. Both can be repeated. */
@ApplicationScoped
@Transactional
public class DeactivateUser {
    private static final Logger LOG = Logger.getLogger(DeactivateUser.class.getName());

    private final EntityManager entities;
    private final Sessions sessions;
    private final LastAdministrator lastAdministrator;
    private final Clock clock;

    @Inject
    DeactivateUser(EntityManager entities, Sessions sessions, LastAdministrator lastAdministrator, Clock clock) {
        this.entities = entities;
        this.sessions = sessions;
        this.lastAdministrator = lastAdministrator;
        this.clock = clock;
    }

    /**
     * Ends all sessions of the user and lets nobody sign in to the account.
     *
     * @throws Problem 404 {@code user_not_found}; 409 {@code own_account} or {@code last_admin}, so that the last
     *     administrator does not lock the door behind them
     */
    public AccountChange deactivate(Caller caller, UUID userId) {
        if (caller.userId().equals(userId)) {
            throw Problem.conflict("own_account", "you cannot deactivate your own account");
        }
        lastAdministrator.lock();
        User user = locked(entities, userId);
        AccountState before = AccountState.of(user);
        if (user.isActive()) {
            if (user.isAdministrator()) {
                lastAdministrator.requireAnother(userId);
            }
            user.deactivate(clock.instant());
            LOG.info(() -> "deactivated: user " + userId + ", by user " + caller.userId());
        }
        sessions.endAll(userId, SessionsEnded.Reason.DEACTIVATED);
        return new AccountChange(before, AccountState.of(user));
    }

    /**
     * Lets the user sign in again. Ended sessions stay ended.
     *
     * @throws Problem 404 {@code user_not_found}
     */
    public AccountChange reactivate(Caller caller, UUID userId) {
        User user = locked(entities, userId);
        AccountState before = AccountState.of(user);
        if (!user.isActive()) {
            user.reactivate(clock.instant());
            LOG.info(() -> "reactivated: user " + userId + ", by user " + caller.userId());
        }
        return new AccountChange(before, AccountState.of(user));
    }

    /** The account, locked to the end of the transaction. */
    static User locked(EntityManager entities, UUID userId) {
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (user == null) {
            throw Users.notFound();
        }
        return user;
    }
}
