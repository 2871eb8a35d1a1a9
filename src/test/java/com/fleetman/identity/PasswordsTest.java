package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final Argon2id CHEAP = new Argon2id(64, 2, 1);
    private static final String PASSWORD = "correct horse battery staple";

    private final Passwords passwords = new Passwords(CHEAP, 2, Duration.ofSeconds(5));

    @Test
    void recognisesThePasswordAndNoOther() {
        Optional<String> hash = Optional.of(passwords.hash(PASSWORD));

        assertThat(passwords.matches(PASSWORD, hash)).isTrue();
        assertThat(passwords.matches(PASSWORD + " ", hash)).isFalse();
        assertThat(passwords.matches(PASSWORD.toUpperCase(java.util.Locale.ROOT), hash))
                .isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void isArgon2idWithTheParametersOfOwasp() {
        var real = new Passwords();

        String hash = real.hash(PASSWORD);

        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(real.matches(PASSWORD, Optional.of(hash))).isTrue();
        assertThat(real.isOutdated(hash)).isFalse();
        assertThat(real.isOutdated(passwords.hash(PASSWORD))).isTrue();
    }

    @Test
    void saltsEveryHash() {
        assertThat(passwords.hash(PASSWORD)).isNotEqualTo(passwords.hash(PASSWORD));
    }

    @Test
    void checksHashesOfOtherParametersToo() {
        String old = new Passwords(new Argon2id(128, 2, 1), 1, Duration.ofSeconds(5)).hash(PASSWORD);

        assertThat(passwords.matches(PASSWORD, Optional.of(old))).isTrue();
        assertThat(passwords.isOutdated(old)).isTrue();
    }

    @Test
    void nobodysPasswordIsNeverRight() {
        assertThat(passwords.matches(PASSWORD, Optional.empty())).isFalse();
    }

    @Test
    void aPasswordIsTheSameHoweverItsAccentsAreTyped() {
        Optional<String> hash = Optional.of(passwords.hash("contrase\u00F1a segura"));

        assertThat(passwords.matches("contrasen\u0303a segura", hash)).isTrue();
    }

    @Test
    void whoWouldWaitTooLongIsToldToComeBack() {
        var full = new Passwords(CHEAP, 0, Duration.ofMillis(1));

        Problem problem = catchThrowableOfType(Problem.class, () -> full.hash(PASSWORD));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("busy");
        assertThat(problem.retryAfter()).isPositive();
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() throws Exception {
        Optional<String> hash = Optional.of(passwords.hash(PASSWORD));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> right = () -> passwords.matches(PASSWORD, hash) && !passwords.matches("wrong", hash);
            var answers = threads.invokeAll(
                    IntStream.range(0, 64).mapToObj(i -> right).toList(), 30, TimeUnit.SECONDS);
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }
}
