package com.fleetman.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in on one device. It lives as long as it is refreshed in time and nothing ends it; every access token names
 * its session and is worth nothing once the session is dead. Whoever changes a session holds the lock of its row.
 */
@Entity
@Table(name = "user_session")
class UserSession {
    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "access_expires_at")
    private Instant accessExpiresAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "end_reason")
    private @Nullable String endReason;

    @SuppressWarnings("NullAway.Init")
    protected UserSession() {}

    UserSession(UUID id, UUID userId, Instant now) {
        this.id = id;
        this.userId = userId;
        this.createdAt = now;
        this.accessExpiresAt = now;
        this.expiresAt = now;
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    boolean isLive(Instant now) {
        return endedAt == null && now.isBefore(expiresAt);
    }

    /** A new pair of tokens was issued: the session lives on for {@code idle} from now. */
    void renew(Instant accessExpires, Instant now, Duration idle) {
        accessExpiresAt = accessExpires;
        expiresAt = now.plus(idle);
    }

    void end(SessionsEnded.Reason reason, Instant now) {
        if (endedAt == null) {
            endedAt = now;
            endReason = reason.code();
        }
    }
}
