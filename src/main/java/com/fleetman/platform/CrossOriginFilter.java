package com.fleetman.platform;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets scripts of the allowed origins call the API with the user's cookies (CORS, WHATWG Fetch section 3.3). The origins
 * are exact, never {@code *}. A script of any other origin gets no permission to read, and no preflight.
 */
@WebFilter(filterName = "cross-origin", urlPatterns = "/api/*", asyncSupported = true)
public class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Two hours; no browser keeps a preflight longer. */
    private static final String PREFLIGHT_SECONDS = "7200";

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Cache-Control, X-Request-Id,"
                    + " traceparent, tracestate";
    private static final String EXPOSED =
            "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id";

    @Inject
    @SuppressWarnings("NullAway.Init")
    transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        boolean allowed = origin != null && settings.web().corsOrigins().contains(origin);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (isPreflight(request)) {
            answerPreflight(response, allowed);
            return;
        }
        if (allowed) {
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        }
        chain.doFilter(request, response);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static void answerPreflight(HttpServletResponse response, boolean allowed) throws IOException {
        if (!allowed) {
            ProblemPage.write(response, Problem.forbidden("origin_not_allowed", "this origin may not call the API"));
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", HEADERS);
        response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
