package com.fleetman.identity;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts a request against the user who sends it, once that is known. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION + 100)
public class CallerLimit implements ContainerRequestFilter {
    @Inject
    @SuppressWarnings("NullAway.Init")
    RequestLimits limits;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getSecurityContext() != null
                && request.getSecurityContext().getUserPrincipal() instanceof Caller caller) {
            limits.countUser(request, caller);
        }
    }
}
