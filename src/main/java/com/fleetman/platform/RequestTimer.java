package com.fleetman.platform;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Measures and traces the requests to the API, and lets what they log know them. A stream that stays a request is none, since it lasts
 * as long as its client wants; where its connection is taken over, opening it is one.
 */
@WebFilter(filterName = "request-timer", urlPatterns = "/api/*", asyncSupported = true)
public class RequestTimer extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Those that are told by their names; there may be any others. */
    public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What matched no resource method. */
    private static final String NO_ROUTE = "none";

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient RequestMetrics metrics;

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient Tracing tracing;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        Tracing.Request trace = tracing.request(request);
        LogContext.begin(RequestIds.of(request), trace);
        boolean ended = false;
        try {
            chain.doFilter(request, response);
            ended = true;
        } finally {
            int status = status(ended, response);
            String route = request.getAttribute(RouteOf.ATTRIBUTE) instanceof String path ? path : null;
            if (trace != null) {
                trace.answered(route, status, LogContext.currentUser());
            }
            LogContext.end();
            if (!request.isAsyncStarted()) {
                metrics.answered(
                        request.getMethod(), route == null ? NO_ROUTE : route, status, System.nanoTime() - start);
            }
        }
    }

    /** A failure before the answer has begun is ours; after that it is a client that went away, which got what it got. */
    static int status(boolean ended, HttpServletResponse response) {
        return ended || response.isCommitted() ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
