package com.fleetman.identity;

import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/**
 * Deletes what can never be used again: sessions that have expired, refresh tokens too old for their second use to
 * matter, and failed sign-ins of past windows. In batches, so that no transaction lasts long.
 */
@ApplicationScoped
class ForgetSessions {
    static final int BATCH = 5_000;
    static final long LOCK = 0x666c_6d69_6401L; // any number that no other job takes

    private final EntityManager entities;
    private final Settings settings;
    private final Clock clock;

    @Inject
    ForgetSessions(EntityManager entities, Settings settings, Clock clock) {
        this.entities = entities;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Deletes one batch.
     *
     * @return whether there may be more; false too if another node is at it
     */
    @Transactional
    public boolean forgetSome() {
        Object alone = entities.createNativeQuery("select pg_try_advisory_xact_lock(:lock)")
                .setParameter("lock", LOCK)
                .getSingleResult();
        if (!Boolean.TRUE.equals(alone)) {
            return false;
        }
        Instant now = clock.instant();
        int sessions = delete("user_session", "id", "expires_at", now);
        int tokens = delete(
                "refresh_token",
                "hash",
                "issued_at",
                now.minus(settings.tokens().refreshLifetime()));
        int failures = delete(
                "login_failure",
                "key",
                "window_started",
                now.minus(settings.logins().window()));
        return sessions == BATCH || tokens == BATCH || failures == BATCH;
    }

    private int delete(String table, String key, String column, Instant before) {
        return entities.createNativeQuery("delete from " + table + " where " + key + " in (select " + key + " from "
                        + table + " where " + column + " <= :before limit " + BATCH + ")")
                .setParameter("before", before)
                .executeUpdate();
    }
}
