package com.fleetman.admin;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import com.fleetman.platform.RequestIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call of an administrator its entry in the audit log: {@value #READ} if it was answered without an entry of
 * its own, {@value #REJECTED} if it was refused. What cannot be entered is not answered.
 */
@Provider
@ApplicationScoped
public class AuditCalls implements ContainerResponseFilter {
    static final String READ = "read";
    static final String REJECTED = "rejected";

    private static final Logger LOG = Logger.getLogger(AuditCalls.class.getName());
    private static final String PLACE = "admin/";
    private static final String ROLE = "ADMIN";
    private static final int LONGEST_TARGET = 200;
    private static final int LONGEST_QUERY = 1_000;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditLog audit;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest servletRequest;

    /** @param query as it was sent, without what is longer than 1,000 characters; null for none */
    record Read(String method, @Nullable String query) {}

    record Rejected(
            String method,
            @Nullable String query,
            int status,
            @Nullable String code) {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath(false).replaceFirst("^/", "");
        if (!path.startsWith(PLACE) || !isAdministrator(request)) {
            return;
        }
        var by = Administrator.of(request.getSecurityContext(), servletRequest);
        boolean refused = response.getStatus() >= 400;
        if (!refused && by.entered().get()) {
            return;
        }
        String method = request.getMethod();
        String asked = servletRequest.getQueryString();
        String query = asked == null ? null : cut(asked, LONGEST_QUERY);
        Object after = refused
                ? new Rejected(method, query, response.getStatus(), code(response.getEntity()))
                : new Read(method, query);
        try {
            audit.note(by, refused ? REJECTED : READ, cut(path.substring(PLACE.length()), LONGEST_TARGET), after);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a call could not be entered in the audit log: " + e.getMessage());
            if (!refused) {
                withhold(response);
            }
        }
    }

    private static boolean isAdministrator(ContainerRequestContext request) {
        return request.getSecurityContext() != null
                && request.getSecurityContext().getUserPrincipal() instanceof Caller caller
                && caller.roles().contains(ROLE);
    }

    private static @Nullable String code(@Nullable Object entity) {
        return entity instanceof Problem.Body problem ? problem.code() : null;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private void withhold(ContainerResponseContext response) {
        Problem problem = Problem.unavailable(
                "try_again", "the call could not be entered in the audit log; try again", Duration.ofSeconds(1));
        response.setStatus(problem.status());
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, 1);
        response.setEntity(
                problem.body(RequestIds.of(servletRequest)),
                new java.lang.annotation.Annotation[0],
                MediaType.valueOf(Problem.MEDIA_TYPE));
    }
}
