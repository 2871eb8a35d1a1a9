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
 * Measures the requests to the API, and lets what they log know them. A stream that stays a request is none, since it lasts
 * as long as its client wants; where its connection is taken over, opening it is one.
 */
@WebFilter(filterName = "request-timer", urlPatterns = "/api/*", asyncSupported = true)
public class RequestTimer extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** What matched no resource method. */
    private static final String NO_ROUTE = "none";

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient RequestMetrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        LogContext.begin(RequestIds.of(request));
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            LogContext.end();
            if (!request.isAsyncStarted()) {
                Object route = request.getAttribute(RouteOf.ATTRIBUTE);
                metrics.answered(
                        request.getMethod(),
                        route == null ? NO_ROUTE : route.toString(),
                        status,
                        System.nanoTime() - start);
            }
        }
    }
}
