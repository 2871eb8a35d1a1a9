package com.fleetman.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token as it is stored: by its hash, good for one use (RFC 9700 section 4.14). A used one is kept as long
 * as it could have lived, so that a second use is noticed.
 */
@Entity
@Table(name = "refresh_token")
class RefreshToken {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    @Id
    private String hash;

    @Column(name = "session_id")
    private UUID sessionId;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    @SuppressWarnings("NullAway.Init")
    protected RefreshToken() {}

    RefreshToken(String secret, UUID sessionId, Instant issuedAt) {
        this.hash = hash(secret);
        this.sessionId = sessionId;
        this.issuedAt = issuedAt;
    }

    /** A new token as the client gets it: 256 random bits in base64url. */
    static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 is enough here, unlike for passwords: a token is random and cannot be guessed. */
    static String hash(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(secret));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    UUID sessionId() {
        return sessionId;
    }

    @Nullable
    Instant usedAt() {
        return usedAt;
    }

    void use(Instant now) {
        usedAt = now;
    }
}
