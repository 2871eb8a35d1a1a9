package com.fleetman.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of one request and reports all that are wrong at once. Each check answers the usable value, or a
 * harmless stand-in where the field is wrong; {@link #check()} then throws, so the stand-in is never used.
 *
 * <p>Lengths are counted in Unicode code points: an emoji outside the basic plane is one character.
 */
public final class Fields {
    private final List<Problem.FieldError> errors = new ArrayList<>();

    public void reject(String field, String code, String message) {
        errors.add(new Problem.FieldError(field, code, message));
    }

    /** The text as it is, {@code least} to {@code most} characters, none of them NUL, which no database keeps. */
    public String text(String field, @Nullable String value, int least, int most) {
        if (value == null) {
            reject(field, "required", field + " is required");
            return "";
        }
        if (value.indexOf('\0') >= 0) {
            reject(field, "nul_character", field + " must not contain NUL characters");
            return "";
        }
        int length = value.codePointCount(0, value.length());
        if (length < least) {
            reject(field, length == 0 ? "blank" : "too_short", field + " must have at least " + least + " characters");
        } else if (length > most) {
            reject(field, "too_long", field + " must have at most " + most + " characters");
        }
        return value;
    }

    /** The text without white space at its ends (Unicode's notion of it), 1 to {@code most} characters. */
    public String trimmed(String field, @Nullable String value, int most) {
        return text(field, value == null ? null : strip(value), 1, most);
    }

    /** Without white space at the ends, no-break spaces included, which {@link String#strip} leaves. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Unicode's White_Space (UAX #44), all in the basic plane, and the four separators U+001C to U+001F. */
    private static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** As {@link #trimmed}, but absent is fine. */
    public Optional<String> optional(String field, @Nullable String value, int most) {
        return value == null ? Optional.empty() : Optional.of(trimmed(field, value, most));
    }

    /** One of the constants by its exact name; {@code fallback} where absent, and required where that is null. */
    public <E extends Enum<E>> @Nullable E oneOf(
            String field, @Nullable String value, Class<E> type, @Nullable E fallback) {
        if (value == null) {
            if (fallback == null) {
                reject(field, "required", field + " is required");
            }
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        reject(field, "unknown_value", field + " must be one of " + List.of(type.getEnumConstants()));
        return fallback;
    }

    /** The value if it is one of the allowed, exactly as written. */
    public String oneOf(String field, @Nullable String value, Collection<String> allowed, String fallback) {
        if (value == null) {
            return fallback;
        }
        if (!allowed.contains(value)) {
            reject(field, "unknown_value", field + " must be one of " + allowed);
            return fallback;
        }
        return value;
    }

    /**
     * @throws Problem 400 {@code validation_failed} naming every field that was rejected
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }
}
