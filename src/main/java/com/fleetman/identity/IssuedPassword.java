package com.fleetman.identity;

import com.fleetman.platform.Fields;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A password that somebody else than its user has set.
 *
 * @param shown the password where it was made here, to be shown once; null where the administrator knows it
 */
public record IssuedPassword(@Nullable String shown, String hash) {

    /** Makes passwords. Outside of any transaction, since a hash takes its time. */
    @ApplicationScoped
    public static class Issuer {
        /** Without what is easily mistaken for something else; 20 of these are 98 bits. */
        private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

        private static final int GROUPS = 4;
        private static final int GROUP = 5;

        private final SecureRandom random = new SecureRandom();
        private final Passwords passwords;

        @Inject
        Issuer(Passwords passwords) {
            this.passwords = passwords;
        }

        /**
         * @param wanted the password that it shall be, checked before; null to have one made
         */
        public IssuedPassword issue(@Nullable String wanted) {
            String text = wanted == null ? random() : wanted;
            return new IssuedPassword(wanted == null ? text : null, passwords.hash(text));
        }

        String random() {
            var text = new StringBuilder();
            for (int i = 0; i < GROUPS * GROUP; i++) {
                if (i > 0 && i % GROUP == 0) {
                    text.append('-');
                }
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            return text.toString();
        }
    }

    /** The rule for passwords, for one that may be left out. */
    public static void check(Fields fields, String field, @Nullable String password) {
        if (password != null) {
            NewPassword.check(fields, field, password);
        }
    }

    /** Without either, so that it may be logged. */
    @Override
    public String toString() {
        return "IssuedPassword";
    }
}
