package com.fleetman.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a Content-Type that is no media type. Jersey's servlet parses it even before its own filters (it looks for
 * forms) and would answer without a body.
 */
@WebFilter(filterName = "content-type", urlPatterns = "/api/*", asyncSupported = true)
public class ContentTypeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isReadable(request.getContentType())) {
            chain.doFilter(request, response);
        } else {
            ProblemPage.write(
                    response,
                    Problem.badRequest("invalid_header", "the header Content-Type cannot be read")
                            .field(HttpHeaders.CONTENT_TYPE));
        }
    }

    private static boolean isReadable(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        try {
            MediaType.valueOf(contentType);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
