package com.fleetman.identity;

import com.fleetman.platform.Problem;
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
    private static final int SALT_BYTES = 16;
    private static final Argon2id CURRENT = new Argon2id(19_456, 2, 1);

    private final SecureRandom random = new SecureRandom();
    private final Argon2id cost;
    private final Semaphore running;
    private final Duration patience;
    private final String nobodysHash;

    @Inject
    Passwords() {
        this(CURRENT, Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(3));
    }

    Passwords(Argon2id cost, int atOnce, Duration patience) {
        this.cost = cost;
        this.running = new Semaphore(atOnce, true);
        this.patience = patience;
        this.nobodysHash = compute(RefreshToken.newSecret());
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
        boolean same = inTurn(() -> Argon2id.matches(bytes(password), hash.orElse(nobodysHash)));
        return same && hash.isPresent();
    }

    /** Whether the hash was made with other parameters than are used now. */
    boolean isOutdated(String hash) {
        return !Argon2id.costOf(hash).equals(Optional.of(cost));
    }

    private String compute(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return cost.hash(bytes(password), salt);
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
