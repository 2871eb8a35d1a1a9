package com.fleetman.platform;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identifiers: UUID version 7 (RFC 9562), which sort by time of creation and so keep indexes dense. */
public final class Ids {
    /** Several, since one lets only one thread at a time have a number; a power of two. */
    private static final SecureRandom[] RANDOM = new SecureRandom[16];

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    static {
        for (int i = 0; i < RANDOM.length; i++) {
            RANDOM[i] = generator();
        }
    }

    private Ids() {}

    /** A generator that computes (NIST SP 800-90A): the default one asks the operating system, which all share. */
    private static SecureRandom generator() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            return new SecureRandom();
        }
    }

    public static UUID next() {
        byte[] random = new byte[2 * Long.BYTES];
        RANDOM[(int) Thread.currentThread().threadId() & RANDOM.length - 1].nextBytes(random);
        ByteBuffer bits = ByteBuffer.wrap(random);
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (bits.getLong() & 0x0FFFL);
        long low = (bits.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
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
