package com.fleetman.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the session that is named by whichever of its tokens the device still has. Doing it again changes nothing. */
@ApplicationScoped
@Transactional
class SignOut {
    private static final Logger LOG = Logger.getLogger(SignOut.class.getName());

    private final EntityManager entities;
    private final Sessions sessions;

    @Inject
    SignOut(EntityManager entities, Sessions sessions) {
        this.entities = entities;
        this.sessions = sessions;
    }

    /**
     * Ends the sessions of both tokens, which normally are one.
     *
     * @param sessionId from an access token, which may have expired
     * @param refreshSecret a refresh token, used or not
     */
    public void signOut(@Nullable UUID sessionId, @Nullable String refreshSecret) {
        if (sessionId != null) {
            end(sessionId);
        }
        if (refreshSecret != null) {
            RefreshToken token = entities.find(RefreshToken.class, RefreshToken.hash(refreshSecret));
            if (token != null) {
                end(token.sessionId());
            }
        }
    }

    private void end(UUID sessionId) {
        UserSession session = entities.find(UserSession.class, sessionId, LockModeType.PESSIMISTIC_WRITE);
        if (session != null && sessions.end(session, SessionsEnded.Reason.LOGGED_OUT)) {
            LOG.info(() -> "signed out: user " + session.userId() + ", session " + sessionId);
        }
    }
}
