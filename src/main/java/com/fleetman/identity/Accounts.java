package com.fleetman.identity;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The short transactions of signing in. Passwords are hashed between them, never inside one: a hash takes tens of
 * milliseconds, and no connection of the pool is held meanwhile.
 */
@ApplicationScoped
@Transactional
class Accounts {
    private final EntityManager entities;
    private final Sessions sessions;
    private final Event<UserRegistered> registered;
    private final Clock clock;

    @Inject
    Accounts(EntityManager entities, Sessions sessions, Event<UserRegistered> registered, Clock clock) {
        this.entities = entities;
        this.sessions = sessions;
        this.registered = registered;
        this.clock = clock;
    }

    public Optional<Credentials> credentials(String email) {
        return entities.createQuery("select u from User u where u.email = :email", User.class)
                .setParameter("email", email)
                .getResultStream()
                .findFirst()
                .map(Credentials::of);
    }

    public Optional<Credentials> credentials(UUID userId) {
        return Optional.ofNullable(entities.find(User.class, userId)).map(Credentials::of);
    }

    /**
     * Makes an account and signs it in.
     *
     * @throws Problem 409 {@code email_taken}
     */
    public SignedIn register(NewAccount account, String passwordHash) {
        return sessions.open(add(account, passwordHash));
    }

    /**
     * Makes an account and signs nobody in.
     *
     * @throws Problem 409 {@code email_taken}
     */
    public User add(NewAccount account, String passwordHash) {
        lock(account.email());
        if (credentials(account.email()).isPresent()) {
            throw emailTaken();
        }
        var user = new User(Ids.next(), account, passwordHash, now());
        entities.persist(user);
        entities.flush(); // now, so that observers may refer to the row
        registered.fire(new UserRegistered(user.id()));
        return user;
    }

    /** Opens a session; empty if the account was deactivated meanwhile. */
    public Optional<SignedIn> openSession(UUID userId) {
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_READ);
        return user != null && user.isActive() ? Optional.of(sessions.open(user)) : Optional.empty();
    }

    /** Replaces a hash by one of the same password, unless the password was changed meanwhile. */
    public void rehash(UUID userId, String from, String to) {
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (user != null && user.passwordHash().equals(from)) {
            user.changePassword(to, now());
        }
    }

    /**
     * Changes the password, ends all sessions of the user and opens a new one.
     *
     * @param from the hash that the current password was checked against
     * @throws Problem 409 {@code password_changed} if it is another by now, 401 {@code session_ended} if the account
     *     was deactivated
     */
    public SignedIn changePassword(UUID userId, String from, String to) {
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (user == null || !user.isActive()) {
            throw Problem.unauthorized("session_ended", "the session has ended; sign in again");
        }
        if (!user.passwordHash().equals(from)) {
            throw Problem.conflict("password_changed", "the password was changed at the same time elsewhere");
        }
        user.changePassword(to, now());
        sessions.endAll(userId, SessionsEnded.Reason.PASSWORD_CHANGED);
        return sessions.open(user);
    }

    static Problem emailTaken() {
        return Problem.conflict("email_taken", "there is an account with this e-mail address already")
                .field("email");
    }

    /**
     * Makes registrations of one address wait for each other. The unique constraint alone would do, but the database and
     * Hibernate both write the address into their logs when it is violated.
     */
    private void lock(String email) {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:email, 0)) as text)")
                .setParameter("email", email)
                .getSingleResult();
    }

    private Instant now() {
        return clock.instant();
    }
}
