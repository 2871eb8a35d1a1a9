package com.fleetman.identity;

import com.fleetman.platform.RateHeaders;
import com.fleetman.platform.RateLimiter.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Counts every request against its address before anything else is done for it, and tells on each answer what is left. */
@Provider
@PreMatching
@ApplicationScoped
public class AddressLimit implements ContainerRequestFilter, ContainerResponseFilter {
    @Inject
    @SuppressWarnings("NullAway.Init")
    RequestLimits limits;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        limits.countAddress(request, http);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        List<Verdict> verdicts = RequestLimits.of(request);
        if (!verdicts.isEmpty()) {
            response.getHeaders().putSingle(RateHeaders.POLICY, RateHeaders.policy(verdicts));
            response.getHeaders().putSingle(RateHeaders.LIMIT, RateHeaders.limit(verdicts));
        }
    }
}
