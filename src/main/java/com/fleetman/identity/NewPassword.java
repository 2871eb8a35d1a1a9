package com.fleetman.identity;

import com.fleetman.platform.Fields;
import org.jspecify.annotations.Nullable;

/** The rule for passwords: 12 to 128 characters of any kind, exactly as typed (NIST SP 800-63B section 3.1.1). */
final class NewPassword {
    static final int LEAST = 12;
    static final int MOST = 128;

    private NewPassword() {}

    static String check(Fields fields, String field, @Nullable String password) {
        return fields.text(field, password, LEAST, MOST);
    }
}
