package com.fleetman.identity;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes an account for a client or a provider and signs it in. */
@ApplicationScoped
class RegisterUser {
    private static final Logger LOG = Logger.getLogger(RegisterUser.class.getName());

    private final Accounts accounts;
    private final Passwords passwords;

    @Inject
    RegisterUser(Accounts accounts, Passwords passwords) {
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /** The body of {@code POST /auth/register}. */
    record Registration(
            @Nullable String email,
            @Nullable String password,
            @Nullable String type,
            @Nullable String companyName,
            @Nullable String locale) {

        @Override
        public String toString() {
            return "Registration";
        }
    }

    /** Who may register without being made by somebody else. */
    private enum OpenTo {
        CLIENT,
        PROVIDER
    }

    /**
     * @throws Problem 400 {@code validation_failed}, 409 {@code email_taken}
     */
    SignedIn register(Registration wanted) {
        var fields = new Fields();
        String email = EmailAddress.check(fields, wanted.email());
        String password = NewPassword.check(fields, "password", wanted.password());
        OpenTo type = fields.oneOf("type", wanted.type(), OpenTo.class, null);
        String companyName = Profile.companyName(fields, wanted.companyName());
        String locale = Profile.locale(fields, wanted.locale());
        fields.check();
        if (accounts.credentials(email).isPresent()) {
            throw Accounts.emailTaken();
        }
        var account = new NewAccount(
                email, type == OpenTo.PROVIDER ? UserType.PROVIDER : UserType.CLIENT, companyName, locale);
        SignedIn signedIn = accounts.register(account, passwords.hash(password));
        LOG.info(() -> "registered user " + signedIn.user().id() + ", session " + signedIn.sessionId());
        return signedIn;
    }
}
