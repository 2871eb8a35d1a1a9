package com.fleetman.platform.tomcat;

import com.fleetman.platform.Takeover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * On Tomcat a connection is taken over as by an upgraded protocol (Jakarta Servlet 6.0, section 2.3.3.5), only that the
 * client is not told of one: for it the response just goes on. Tomcat then uses request, response and their buffers for
 * the next request; what stays of a connection are its socket and two small buffers.
 */
@ApplicationScoped
class TomcatTakeover implements Takeover {
    /** A stream of HTTP/2 is no connection. */
    @Override
    public boolean isPossible(HttpServletRequest request) {
        return "HTTP/1.1".equals(request.getProtocol());
    }

    @Override
    public @Nullable Direct take(HttpServletRequest request) throws IOException, ServletException {
        try {
            return request.upgrade(TakenConnection.class);
        } catch (UnsupportedOperationException e) {
            return null; // AJP
        }
    }
}
