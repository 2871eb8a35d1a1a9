package com.fleetman.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /health/live}, {@code /health/ready} and {@code /health/started}: 200 if so, 503 if not, with the reasons. For
 * load balancers and orchestrators; it needs no login and tells nothing that is not public.
 */
@WebServlet(
        name = "health",
        urlPatterns = {"/health/live", "/health/ready", "/health/started"})
public class HealthPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings({"NullAway.Init", "serial"})
    transient HealthChecks checks;

    /**
     * @param checks by component: {@code up}, {@code degraded} or {@code down}
     * @param reasons of those that are not up
     */
    record Status(
            String status,
            Map<String, String> checks,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> reasons) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        var probe = HealthCheck.Probe.valueOf(
                path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
        Status status = status(checks, probe);
        byte[] body = Json.write(status).getBytes(StandardCharsets.UTF_8);
        response.setStatus(
                status.status().equals("down")
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The whole is as bad as its worst part. */
    static Status status(Iterable<HealthCheck> all, HealthCheck.Probe probe) {
        var worst = Health.State.UP;
        var states = new TreeMap<String, String>();
        var reasons = new TreeMap<String, String>();
        for (HealthCheck one : all) {
            if (one.probes().contains(probe)) {
                Health health = one.check();
                states.put(one.component(), word(health.state()));
                if (health.state() != Health.State.UP) {
                    reasons.put(one.component(), health.reason());
                }
                worst = health.state().compareTo(worst) > 0 ? health.state() : worst;
            }
        }
        return new Status(word(worst), states, reasons);
    }

    private static String word(Health.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
