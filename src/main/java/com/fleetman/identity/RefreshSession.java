package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.logging.Logger;

/**
 * Exchanges a refresh token for a new pair of tokens, once (RFC 9700 section 4.14). The token's row is locked first, so
 * of several requests with the same token one wins. A token that was used before the request arrived is known to two
 * parties, so its session ends. One that was used while the request waited is no theft but a second tab of the same
 * browser: it gets nothing and ends nothing.
 */
@ApplicationScoped
@Transactional
class RefreshSession {
    private static final Logger LOG = Logger.getLogger(RefreshSession.class.getName());

    private final EntityManager entities;
    private final Sessions sessions;
    private final Clock clock;

    @Inject
    RefreshSession(EntityManager entities, Sessions sessions, Clock clock) {
        this.entities = entities;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** An answer instead of an exception, which would roll back the end of the session. */
    sealed interface Outcome {
        record Refreshed(SignedIn signedIn) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Rotates the token.
     *
     * @param arrived when the request came in, by this node's clock
     */
    public Outcome refresh(String secret, Instant arrived) {
        RefreshToken token =
                entities.find(RefreshToken.class, RefreshToken.hash(secret), LockModeType.PESSIMISTIC_WRITE);
        if (token == null) {
            return refused(401, "refresh_invalid", "the refresh token is not valid; sign in again");
        }
        UserSession session = entities.find(UserSession.class, token.sessionId(), LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        if (session == null || !session.isLive(now)) {
            return refused(401, "session_ended", "the session has ended; sign in again");
        }
        Instant usedAt = token.usedAt();
        if (usedAt != null) {
            return usedAt.isAfter(arrived) ? raced() : reused(session);
        }
        User user = entities.find(User.class, session.userId());
        if (user == null || !user.isActive()) {
            return refused(401, "session_ended", "the session has ended; sign in again");
        }
        token.use(now);
        return new Outcome.Refreshed(sessions.renew(session, user));
    }

    private Outcome reused(UserSession session) {
        sessions.end(session, SessionsEnded.Reason.REFRESH_REUSED);
        LOG.warning(() -> "refresh token used twice: user " + session.userId() + ", session " + session.id());
        return refused(401, "refresh_reused", "the refresh token was used before, so the session was ended");
    }

    private static Outcome raced() {
        return refused(409, "refresh_raced", "another request has just refreshed this session; use its tokens");
    }

    private static Outcome refused(int status, String code, String detail) {
        return new Outcome.Refused(Problem.of(status, code, detail));
    }
}
