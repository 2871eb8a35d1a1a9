package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Argon2idTest {
    /** From the reference implementation's own tests (phc-winner-argon2, src/test.c, version 0x13). */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void agreesWithTheReferenceImplementation() {
        assertThat(Argon2id.matches(bytes("password"), REFERENCE)).isTrue();
        assertThat(Argon2id.matches(bytes("passwore"), REFERENCE)).isFalse();
        assertThat(new Argon2id(65_536, 2, 1).hash(bytes("password"), bytes("somesalt")))
                .isEqualTo(REFERENCE);
    }

    @Test
    void knowsTheCostOfAHash() {
        assertThat(Argon2id.costOf(REFERENCE)).hasValue(new Argon2id(65_536, 2, 1));
        assertThat(Argon2id.costOf("")).isEmpty();
        assertThat(Argon2id.costOf("$argon2i$v=19$m=64,t=2,p=1$c29tZXNhbHQ$CTFh"))
                .isEmpty();
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertThat(Argon2id.matches(bytes("password"), "password")).isFalse();
        assertThat(Argon2id.matches(bytes(""), "")).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
