package com.fleetman.identity;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Changes a password. Whoever else may know the old one is out: all sessions end, with their streams, and this device
 * goes on with a new one. The current password can be guessed no more often here than at sign-in.
 */
@ApplicationScoped
class ChangePassword {
    private static final Logger LOG = Logger.getLogger(ChangePassword.class.getName());

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginLimiter limiter;

    @Inject
    ChangePassword(Accounts accounts, Passwords passwords, LoginLimiter limiter) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.limiter = limiter;
    }

    /** The body of {@code POST /users/me/password}. */
    record Change(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "Change";
        }
    }

    /**
     * @param address network address that the request comes from
     * @throws Problem 400 {@code validation_failed}, 403 {@code wrong_password}, 429 {@code too_many_attempts}
     */
    SignedIn change(Caller caller, Change change, String address) {
        var fields = new Fields();
        String current = fields.text("currentPassword", change.currentPassword(), 1, NewPassword.MOST);
        String wanted = NewPassword.check(fields, "newPassword", change.newPassword());
        if (!wanted.isEmpty() && wanted.equals(current)) {
            fields.reject("newPassword", "unchanged", "newPassword must differ from the current one");
        }
        fields.check();
        Credentials known = accounts.credentials(caller.userId()).orElseThrow(Users::notFound);
        limiter.attempt(known.email(), address);
        if (!isRight(current, known, address)) {
            throw Problem.forbidden("wrong_password", "the current password is wrong")
                    .field("currentPassword");
        }
        limiter.succeeded(known.email(), address);
        SignedIn signedIn = accounts.changePassword(known.userId(), known.passwordHash(), passwords.hash(wanted));
        LOG.info(() -> "password changed: user " + known.userId() + ", session " + signedIn.sessionId());
        return signedIn;
    }

    private boolean isRight(String password, Credentials known, String address) {
        try {
            return passwords.matches(password, Optional.of(known.passwordHash()));
        } catch (Problem busy) {
            limiter.withdraw(known.email(), address);
            throw busy;
        }
    }
}
