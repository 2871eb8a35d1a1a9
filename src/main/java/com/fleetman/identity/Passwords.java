package com.fleetman.identity;

import com.fleetman.platform.Problem;
import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106) and OWASP's parameters: 19 MiB, 2 passes, 1 lane. Only as many
 * hashes as there are processors are computed at once, so that a rush of sign-ins takes neither all memory nor all time
 * from everybody else; who would have to wait too long is told to come back.
 */
@ApplicationScoped
class Passwords {
    private static final int OUTPUT_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final Argon2Function CURRENT = function(19_456);

    private final SecureRandom random = new SecureRandom();
    private final Argon2Function function;
    private final Semaphore running;
    private final Duration patience;
    private final String nobodysHash;

    @Inject
    Passwords() {
        this(CURRENT, Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(3));
    }

    Passwords(Argon2Function function, int atOnce, Duration patience) {
        this.function = function;
        this.running = new Semaphore(atOnce, true);
        this.patience = patience;
        this.nobodysHash = compute(RefreshToken.newSecret());
    }

    static Argon2Function function(int memoryKiB) {
        return Argon2Function.getInstance(memoryKiB, 2, 1, OUTPUT_BYTES, Argon2.ID);
    }

    /**
     * @return the hash in PHC string format
     * @throws Problem 503 {@code busy}
     */
    String hash(String password) {
        return inTurn(() -> compute(password));
    }

    /**
     * Whether the password is the one of the hash. Without a hash (an unknown account) it takes as long and is false.
     *
     * @throws Problem 503 {@code busy}
     */
    boolean matches(String password, Optional<String> hash) {
        boolean same = inTurn(() -> check(password, hash.orElse(nobodysHash)));
        return same && hash.isPresent();
    }

    /** Whether the hash was made with other parameters than are used now. */
    boolean isOutdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(function);
    }

    private String compute(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return function.hash(bytes(password), salt).getResult();
    }

    private static boolean check(String password, String hash) {
        try {
            return Argon2Function.getInstanceFromHash(hash)
                    .check(bytes(password), hash.getBytes(StandardCharsets.US_ASCII));
        } catch (BadParametersException e) {
            return false;
        }
    }

    /** In Unicode's composed form, so that the same keys typed on another system give the same bytes (RFC 8265). */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T inTurn(Supplier<T> work) {
        boolean entered = false;
        try {
            entered = running.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (entered) {
                return work.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (entered) {
                running.release();
            }
        }
        throw Problem.unavailable("busy", "too many sign-ins at once; try again", Duration.ofSeconds(2));
    }
}
