package com.fleetman.platform;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * {@code GET /health/ready}: 200 while this node can serve, 503 with the reasons while it cannot. For load balancers
 * and orchestrators; it needs no login and tells nothing that is not public.
 */
@WebServlet(name = "readiness", urlPatterns = "/health/ready")
public class Readiness extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(Readiness.class.getName());
    private static final int VALID_WITHIN_SECONDS = 2;

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient DataSource dataSource;

    @Inject
    @SuppressWarnings("NullAway.Init")
    transient Migrations migrations;

    /** @param checks what was looked at, each {@code up} or {@code down} */
    private record Status(String status, Map<String, String> checks) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var checks = new LinkedHashMap<String, String>();
        checks.put("database", word(databaseAnswers()));
        checks.put("schema", word(migrations.isUpToDate()));
        boolean ready = !checks.containsValue("down");
        byte[] body = Json.write(new Status(ready ? "up" : "down", checks)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private boolean databaseAnswers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(VALID_WITHIN_SECONDS);
        } catch (SQLException e) {
            LOG.log(Level.FINE, "not ready", e);
            return false;
        }
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }
}
