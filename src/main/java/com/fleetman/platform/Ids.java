package com.fleetman.platform;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identifiers: UUID version 7 (RFC 9562), which sort by time of creation and so keep indexes dense. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    public static UUID next() {
        long time = System.currentTimeMillis();
        long high = (time << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /**
     * @param field the name of the field or path parameter, for the error
     * @throws Problem 400 {@code invalid_uuid} unless the text is a UUID in its canonical form
     */
    public static UUID parse(String field, String text) {
        if (!CANONICAL.matcher(text).matches()) {
            throw Problem.badRequest("invalid_uuid", field + " must be a UUID").field(field);
        }
        return UUID.fromString(text);
    }
}
