package com.fleetman.identity;

import com.fleetman.platform.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for what users say of themselves. */
final class Profile {
    static final String DEFAULT_LOCALE = "es";
    private static final List<String> LOCALES = List.of("es", "en");
    private static final int LONGEST_NAME = 120;

    private Profile() {}

    static String companyName(Fields fields, @Nullable String value) {
        String name = fields.trimmed("companyName", value, LONGEST_NAME);
        if (name.codePoints().anyMatch(Profile::isUnprintable)) {
            fields.reject("companyName", "control_character", "companyName must not contain control characters");
        }
        return name;
    }

    static String locale(Fields fields, @Nullable String value) {
        return fields.oneOf("locale", value, LOCALES, DEFAULT_LOCALE);
    }

    /** Line breaks and the like; also the overrides of writing direction, with which one name can pose as another. */
    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }
}
