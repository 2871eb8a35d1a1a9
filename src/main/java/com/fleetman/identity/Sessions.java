package com.fleetman.identity;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Opens, renews and ends sessions inside the caller's transaction, which holds the lock of the user (to open one, or to
 * end all) or of the session.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class Sessions {
    private final EntityManager entities;
    private final AccessTokens tokens;
    private final Event<SessionsEnded> ended;
    private final Settings settings;
    private final Clock clock;

    @Inject
    Sessions(EntityManager entities, AccessTokens tokens, Event<SessionsEnded> ended, Settings settings, Clock clock) {
        this.entities = entities;
        this.tokens = tokens;
        this.ended = ended;
        this.settings = settings;
        this.clock = clock;
    }

    /** A new session of a user whose row is new, or locked against being deactivated meanwhile. */
    public SignedIn open(User user) {
        var session = new UserSession(Ids.next(), user.id(), now());
        entities.persist(session);
        return renew(session, user);
    }

    /** A new pair of tokens for a session; what was issued before is for the caller to mark as used. */
    public SignedIn renew(UserSession session, User user) {
        Instant now = now();
        AccessTokens.Issued access = tokens.issue(user, session.id());
        session.renew(access.expiresAt(), now, settings.tokens().refreshLifetime());
        String secret = RefreshToken.newSecret();
        entities.persist(new RefreshToken(secret, session.id(), now));
        return new SignedIn(session.id(), access.token(), secret, access.expiresAt(), Account.of(user));
    }

    /** Ends one locked session, if it is still alive. */
    public boolean end(UserSession session, SessionsEnded.Reason reason) {
        if (!session.isLive(now())) {
            return false;
        }
        session.end(reason, now());
        ended.fire(new SessionsEnded(session.userId(), Set.of(session.id()), reason));
        return true;
    }

    /**
     * Ends every session of a user whose row is locked, so that no new one is opened meanwhile.
     *
     * @return how many there were
     */
    public int endAll(UUID userId, SessionsEnded.Reason reason) {
        List<UserSession> open = entities.createQuery(
                        "select s from UserSession s where s.userId = :user and s.endedAt is null order by s.id",
                        UserSession.class)
                .setParameter("user", userId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        if (!open.isEmpty()) {
            open.forEach(session -> session.end(reason, now()));
            Set<UUID> ids = open.stream().map(UserSession::id).collect(Collectors.toSet());
            ended.fire(new SessionsEnded(userId, ids, reason));
        }
        return open.size();
    }

    private Instant now() {
        return clock.instant();
    }
}
