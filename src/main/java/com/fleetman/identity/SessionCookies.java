package com.fleetman.identity;

import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/**
 * The two cookies of a browser: the access token for the whole application, and the refresh token for the sign-in paths
 * only, so that scripts need neither. The header text (RFC 6265) is written here and not by the container, since
 * JAX-RS 3.0 knows no SameSite and containers differ in order and quoting.
 */
@ApplicationScoped
class SessionCookies {
    static final String ACCESS = "fleetman_token";
    static final String REFRESH = "fleetman_refresh";
    private static final String REFRESH_PATH = "/api/v1/auth";

    private final boolean secure;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;

    @Inject
    SessionCookies(Settings settings) {
        this.secure = settings.web().cookieSecure();
        this.accessLifetime = settings.tokens().accessLifetime();
        this.refreshLifetime = settings.tokens().refreshLifetime();
    }

    /** @param contextPath of the application, empty for the root */
    void set(Response.ResponseBuilder response, SignedIn signedIn, String contextPath) {
        add(response, ACCESS, signedIn.token(), accessLifetime.toSeconds(), accessPath(contextPath));
        add(response, REFRESH, signedIn.refreshToken(), refreshLifetime.toSeconds(), contextPath + REFRESH_PATH);
    }

    void clear(Response.ResponseBuilder response, String contextPath) {
        add(response, ACCESS, "", 0, accessPath(contextPath));
        add(response, REFRESH, "", 0, contextPath + REFRESH_PATH);
    }

    private void add(Response.ResponseBuilder response, String name, String value, long maxAge, String path) {
        response.header(
                HttpHeaders.SET_COOKIE,
                name + "=" + value + "; Max-Age=" + maxAge + "; Path=" + path + (secure ? "; Secure" : "")
                        + "; HttpOnly; SameSite=Lax");
    }

    private static String accessPath(String contextPath) {
        return contextPath.isEmpty() ? "/" : contextPath;
    }
}
