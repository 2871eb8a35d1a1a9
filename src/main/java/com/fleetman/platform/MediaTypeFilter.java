package com.fleetman.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;

/**
 * Refuses a Content-Type or Accept that cannot be read. The implementations of Jakarta REST parse them before their own
 * filters, each with another idea of what is wrong, and may answer without a body.
 */
@WebFilter(filterName = "media-type", urlPatterns = "/api/*", asyncSupported = true)
public class MediaTypeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String contentType = request.getContentType();
        if (contentType != null && !MediaTypes.isType(contentType)) {
            refuse(response, HttpHeaders.CONTENT_TYPE);
        } else if (!Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                .allMatch(MediaTypes::areRanges)) {
            refuse(response, HttpHeaders.ACCEPT);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, String header) throws IOException {
        ProblemPage.write(
                response,
                Problem.badRequest("invalid_header", "the header " + header + " cannot be read")
                        .field(header));
    }
}
