package com.fleetman.identity;

import com.fleetman.platform.LogContext;
import com.fleetman.platform.Problem;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request to a resource method only with a live session, unless the method or its class is open by
 * {@link WithoutSession}; honours {@link NeedsRole}. Whatever has none of them needs a session. It runs
 * after matching, so a path or method that does not exist is a 404 or 405 for everybody.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class Authentication implements ContainerRequestFilter {
    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessTokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SessionDirectory sessions;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SiteCheck site;

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        AnnotatedElement rule = rule();
        if (rule != null && rule.isAnnotationPresent(WithoutSession.class)) {
            return;
        }
        Caller caller = authenticate(request);
        if (rule != null && !mayCall(caller, rule)) {
            throw Problem.forbidden("forbidden", "your account may not do this");
        }
        LogContext.user(caller.userId().toString());
        boolean secure = request.getSecurityContext() != null
                && request.getSecurityContext().isSecure();
        request.setSecurityContext(new CallerContext(caller, secure));
    }

    private Caller authenticate(ContainerRequestContext request) {
        PresentedToken token = PresentedToken.in(
                        request.getHeaderString(HttpHeaders.AUTHORIZATION), request.getCookies())
                .orElseThrow(() -> Problem.unauthorized("unauthenticated", "sign in first"));
        if (token.fromCookie() && !SiteCheck.isSafe(request.getMethod())) {
            site.require(
                    request.getHeaderString("Sec-Fetch-Site"),
                    request.getHeaderString("Origin"),
                    request.getUriInfo().getBaseUri());
        }
        AccessTokens.Verified verified = tokens.verify(token.text());
        return sessions.standing(verified.sessionId())
                .filter(standing -> standing.userId().equals(verified.userId()))
                .map(standing ->
                        new Caller(standing.userId(), verified.sessionId(), standing.roles(), verified.expiresAt()))
                .orElseThrow(() -> Problem.unauthorized("session_ended", "the session has ended; sign in again"));
    }

    private static boolean mayCall(Caller caller, AnnotatedElement rule) {
        NeedsRole needed = rule.getAnnotation(NeedsRole.class);
        return needed == null || caller.roles().contains(needed.value());
    }

    /** What carries the rule: the method, or else its class or what that was derived from; null if nothing does. */
    private @Nullable AnnotatedElement rule() {
        AnnotatedElement method = resource.getResourceMethod();
        if (method != null && hasRule(method)) {
            return method;
        }
        for (Class<?> type = resource.getResourceClass(); type != null; type = type.getSuperclass()) {
            if (hasRule(type)) {
                return type;
            }
        }
        return null;
    }

    private static boolean hasRule(AnnotatedElement element) {
        return element.isAnnotationPresent(WithoutSession.class) || element.isAnnotationPresent(NeedsRole.class);
    }
}
