package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.ws.rs.core.Cookie;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access token of a request: from {@code Authorization: Bearer} (RFC 6750 section 2.1), or else from the cookie. If
 * the header is there, it counts alone. Nothing is ever taken from the URL, which ends up in logs and histories.
 */
record PresentedToken(String text, boolean fromCookie) {
    private static final String SCHEME = "bearer ";

    /**
     * @throws Problem 401 {@code token_invalid} if the header has another scheme
     */
    static Optional<PresentedToken> in(@Nullable String authorization, Map<String, Cookie> cookies) {
        if (authorization != null) {
            if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
                throw Problem.unauthorized("token_invalid", "Authorization must be: Bearer <access token>");
            }
            String token = authorization.substring(SCHEME.length()).strip();
            return Optional.of(new PresentedToken(token, false));
        }
        return cookie(SessionCookies.ACCESS, cookies).map(token -> new PresentedToken(token, true));
    }

    static Optional<String> cookie(String name, Map<String, Cookie> cookies) {
        return Optional.ofNullable(cookies.get(name)).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** Without the token, so that it may be logged. */
    @Override
    public String toString() {
        return "PresentedToken[fromCookie=" + fromCookie + "]";
    }
}
