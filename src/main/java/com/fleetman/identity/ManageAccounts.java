package com.fleetman.identity;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What administrators do to the accounts of others, beside {@link DeactivateUser}. Effects reach open streams at once. */
@ApplicationScoped
@Transactional
public class ManageAccounts {
    private static final Logger LOG = Logger.getLogger(ManageAccounts.class.getName());

    private final EntityManager entities;
    private final Accounts accounts;
    private final Sessions sessions;
    private final LastAdministrator lastAdministrator;
    private final Clock clock;

    @Inject
    ManageAccounts(
            EntityManager entities,
            Accounts accounts,
            Sessions sessions,
            LastAdministrator lastAdministrator,
            Clock clock) {
        this.entities = entities;
        this.accounts = accounts;
        this.sessions = sessions;
        this.lastAdministrator = lastAdministrator;
        this.clock = clock;
    }

    /** An account that an administrator wants, as it was sent. */
    public record Wanted(
            @Nullable String email,
            @Nullable String type,
            @Nullable String companyName,
            @Nullable String locale) {

        /** Rejects what is wrong with it. */
        public void check(Fields fields) {
            account(fields);
        }

        private NewAccount account(Fields fields) {
            String address = EmailAddress.check(fields, email);
            UserType known = fields.oneOf("type", type, UserType.class, null);
            return new NewAccount(
                    address,
                    known == null ? UserType.CLIENT : known,
                    Profile.companyName(fields, companyName),
                    Profile.locale(fields, locale));
        }

        @Override
        public String toString() {
            return "Wanted";
        }
    }

    /**
     * Makes an account, of an administrator too.
     *
     * @throws Problem 400 {@code validation_failed}, 409 {@code email_taken}
     */
    public AccountState create(Wanted wanted, IssuedPassword password) {
        var fields = new Fields();
        NewAccount account = wanted.account(fields);
        fields.check();
        User user = accounts.add(account, password.hash());
        LOG.info(() -> "made by an administrator: user " + user.id());
        return AccountState.of(user);
    }

    /**
     * Gives an account another role and signs it out everywhere, since its tokens name the old one. The same role again
     * changes nothing.
     *
     * @throws Problem 404 {@code user_not_found}; 409 {@code own_account}, {@code last_admin} or {@code role_not_of_type}
     */
    public AccountChange changeRole(Caller caller, UUID userId, UserType role) {
        requireOther(caller, userId, "you cannot change your own role");
        lastAdministrator.lock();
        User user = DeactivateUser.locked(entities, userId);
        AccountState before = AccountState.of(user);
        boolean administrator = user.isAdministrator();
        user.assume(role, clock.instant());
        AccountState after = AccountState.of(user);
        if (administrator && user.isActive() && !user.isAdministrator()) {
            lastAdministrator.requireAnother(userId);
        }
        if (!after.rights().equals(before.rights())) {
            sessions.endAll(userId, SessionsEnded.Reason.ROLE_CHANGED);
            LOG.info(() -> "role changed: user " + userId + ", by user " + caller.userId());
        }
        return new AccountChange(before, after);
    }

    /**
     * Replaces the password and signs the user out everywhere.
     *
     * @throws Problem 404 {@code user_not_found}, 409 {@code own_account}
     */
    public void resetPassword(Caller caller, UUID userId, IssuedPassword password) {
        requireOther(caller, userId, "change your own password at /users/me/password");
        User user = DeactivateUser.locked(entities, userId);
        user.changePassword(password.hash(), clock.instant());
        sessions.endAll(userId, SessionsEnded.Reason.PASSWORD_RESET);
        LOG.info(() -> "password reset: user " + userId + ", by user " + caller.userId());
    }

    /**
     * Signs the user out everywhere.
     *
     * @return how many sessions there were
     * @throws Problem 404 {@code user_not_found}
     */
    public int endSessions(UUID userId) {
        DeactivateUser.locked(entities, userId);
        return sessions.endAll(userId, SessionsEnded.Reason.ENDED_BY_ADMIN);
    }

    private static void requireOther(Caller caller, UUID userId, String why) {
        if (caller.userId().equals(userId)) {
            throw Problem.conflict("own_account", why);
        }
    }
}
