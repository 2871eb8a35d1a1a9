package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Map;

/** Lets administrators alone to what is no part of the REST API, by the same tokens. Only for what is read. */
@ApplicationScoped
public class OperatorAccess {
    private static final String ROLE = "ADMIN";

    private final AccessTokens tokens;
    private final SessionDirectory sessions;

    @Inject
    OperatorAccess(AccessTokens tokens, SessionDirectory sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * @throws Problem 401 {@code unauthenticated}, {@code token_invalid}, {@code token_expired} or {@code session_ended};
     *     403 {@code forbidden} for a caller who is no administrator
     */
    public void require(HttpServletRequest request) {
        PresentedToken token = PresentedToken.in(request.getHeader(HttpHeaders.AUTHORIZATION), cookies(request))
                .orElseThrow(() -> Problem.unauthorized("unauthenticated", "sign in first"));
        AccessTokens.Verified verified = tokens.verify(token.text());
        SessionDirectory.Standing standing = sessions.standing(verified.sessionId())
                .filter(found -> found.userId().equals(verified.userId()))
                .orElseThrow(() -> Problem.unauthorized("session_ended", "the session has ended; sign in again"));
        if (!standing.roles().contains(ROLE)) {
            throw Problem.forbidden("forbidden", "your account may not do this");
        }
    }

    private static Map<String, Cookie> cookies(HttpServletRequest request) {
        var cookies = new HashMap<String, Cookie>();
        if (request.getCookies() != null) {
            for (jakarta.servlet.http.Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(SessionCookies.ACCESS)) {
                    cookies.put(
                            cookie.getName(),
                            new Cookie.Builder(cookie.getName())
                                    .value(cookie.getValue())
                                    .build());
                }
            }
        }
        return cookies;
    }
}
