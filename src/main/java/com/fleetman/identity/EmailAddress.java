package com.fleetman.identity;

import com.fleetman.platform.Fields;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** E-mail addresses as accounts have them: without white space around, in lower case. */
final class EmailAddress {
    /** What RFC 5321 section 4.5.3.1 leaves for an address. */
    private static final int LONGEST = 254;

    /** The form that browsers take in {@code <input type=email>} (WHATWG HTML), with at least one dot in the domain. */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+");

    private EmailAddress() {}

    /** The address to register with; rejects what is not one. */
    static String check(Fields fields, @Nullable String text) {
        String address = fields.trimmed("email", text, LONGEST);
        if (!address.isEmpty()
                && address.length() <= LONGEST
                && !FORM.matcher(address).matches()) {
            fields.reject("email", "invalid_email", "email must be an e-mail address");
        }
        return normalise(address);
    }

    /** The same address however it is typed. */
    static String normalise(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
