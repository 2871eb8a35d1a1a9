package com.fleetman.identity;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from acting with a user's cookies: a request that changes something and is authenticated by a
 * cookie must come from this application or from an allowed origin, by what the browser says in {@code Sec-Fetch-Site}
 * (W3C Fetch Metadata) or {@code Origin} (RFC 6454). No script can forge either.
 */
@ApplicationScoped
class SiteCheck {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final List<String> allowed;

    @Inject
    SiteCheck(Settings settings) {
        this.allowed = settings.web().corsOrigins();
    }

    /** Whether a method only reads (RFC 9110 section 9.2.1). */
    static boolean isSafe(String method) {
        return SAFE.contains(method);
    }

    /**
     * @param fetchSite the header {@code Sec-Fetch-Site}
     * @param origin the header {@code Origin}
     * @param base the address of this application, as the client used it
     * @throws Problem 403 {@code cross_site}
     */
    void require(@Nullable String fetchSite, @Nullable String origin, URI base) {
        boolean trusted = "same-origin".equals(fetchSite)
                || (origin != null && (allowed.contains(origin) || origin.equals(originOf(base))));
        if (!trusted) {
            throw Problem.forbidden("cross_site", "a request with the session cookie must come from an allowed origin");
        }
    }

    /** Scheme, host and port as browsers write them, without a default port. */
    static String originOf(URI base) {
        String scheme = base.getScheme().toLowerCase(Locale.ROOT);
        int port = base.getPort();
        boolean standard = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        String host = base.getHost().toLowerCase(Locale.ROOT);
        return scheme + "://" + host + (standard ? "" : ":" + port);
    }
}
