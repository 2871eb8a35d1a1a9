package com.fleetman.identity;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 0x13 (RFC 9106), with its cost, and its text form (PHC string format).
 *
 * @param memoryKiB memory in KiB
 * @param passes over that memory
 * @param lanes degree of parallelism
 */
record Argon2id(int memoryKiB, int passes, int lanes) {
    private static final int OUTPUT_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** The hash of a password with a salt, in PHC string format. */
    String hash(byte[] password, byte[] salt) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKiB + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(compute(password, salt, OUTPUT_BYTES));
    }

    /** The cost that a hash was made with; empty if the text is no such hash. */
    static Optional<Argon2id> costOf(String phc) {
        Matcher parts = PHC.matcher(phc);
        return parts.matches() ? Optional.of(cost(parts)) : Optional.empty();
    }

    /** Whether a hash is of this password, compared in constant time; false if the text is no such hash. */
    static boolean matches(byte[] password, String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        return MessageDigest.isEqual(expected, cost(parts).compute(password, salt, expected.length));
    }

    private static Argon2id cost(Matcher parts) {
        return new Argon2id(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    private byte[] compute(byte[] password, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKiB)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] output = new byte[length];
        generator.generateBytes(password, output);
        return output;
    }
}
