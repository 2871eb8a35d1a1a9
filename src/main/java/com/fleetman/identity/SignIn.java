package com.fleetman.identity;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs a user in by e-mail and password. Neither the answer nor the time it takes tells an unknown account from a
 * wrong password or a deactivated account.
 */
@ApplicationScoped
class SignIn {
    private static final Logger LOG = Logger.getLogger(SignIn.class.getName());
    private static final int LONGEST_EMAIL = 1_000;

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginLimiter limiter;

    @Inject
    SignIn(Accounts accounts, Passwords passwords, LoginLimiter limiter) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.limiter = limiter;
    }

    /** The body of {@code POST /auth/login}. */
    record Login(@Nullable String email, @Nullable String password) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    /**
     * @param address network address that the attempt comes from
     * @throws Problem 401 {@code invalid_credentials}, 429 {@code too_many_attempts}, 503 {@code busy}
     */
    SignedIn signIn(Login login, String address) {
        var fields = new Fields();
        String email = EmailAddress.normalise(fields.text("email", login.email(), 1, LONGEST_EMAIL));
        String password = fields.text("password", login.password(), 1, NewPassword.MOST);
        fields.check();
        limiter.attempt(email, address);
        Optional<Credentials> account = accounts.credentials(email);
        if (!isRight(password, account, email, address)) {
            throw refused();
        }
        Credentials known = account.filter(Credentials::active).orElseThrow(SignIn::refused);
        SignedIn signedIn = accounts.openSession(known.userId()).orElseThrow(SignIn::refused);
        limiter.succeeded(email, address);
        if (passwords.isOutdated(known.passwordHash())) {
            accounts.rehash(known.userId(), known.passwordHash(), passwords.hash(password));
        }
        LOG.info(() -> "signed in: user " + known.userId() + ", session " + signedIn.sessionId());
        return signedIn;
    }

    private boolean isRight(String password, Optional<Credentials> account, String email, String address) {
        try {
            return passwords.matches(password, account.map(Credentials::passwordHash));
        } catch (Problem busy) {
            limiter.withdraw(email, address);
            throw busy;
        }
    }

    private static Problem refused() {
        return Problem.unauthorized("invalid_credentials", "e-mail or password is wrong");
    }
}
