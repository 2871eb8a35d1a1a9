package com.fleetman.admin;

import com.fleetman.identity.OperatorAccess;
import com.fleetman.platform.Metrics;
import com.fleetman.platform.Problem;
import com.fleetman.platform.ProblemPage;
import com.fleetman.platform.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code GET /metrics} for Prometheus, which shows the scrape token, and for administrators. */
@WebServlet(name = "metrics", urlPatterns = "/metrics")
public class MetricsPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "bearer ";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient Metrics metrics;

    @Inject
    @SuppressWarnings("NullAway.Init")
    transient OperatorAccess access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    transient Settings settings;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!isScraper(settings.monitoring().metricsToken(), request.getHeader("Authorization"))
                    && !isHere(request)) {
                access.require(request);
            }
        } catch (Problem refused) {
            if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED) {
                response.setHeader("WWW-Authenticate", "Bearer");
            }
            ProblemPage.write(response, refused);
            return;
        }
        String type = contentType(request.getHeader("Accept"));
        byte[] body = metrics.scrape(type).getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Whether the header shows the scrape token; compared in constant time. */
    static boolean isScraper(String token, @Nullable String authorization) {
        return !token.isEmpty()
                && authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a process of this machine asks, by itself and not for others, and that is enough here. */
    private boolean isHere(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return settings.monitoring().metricsOnLoopback()
                && (address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1"))
                && request.getHeader("X-Forwarded-For") == null
                && request.getHeader("Forwarded") == null;
    }

    static String contentType(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }
}
