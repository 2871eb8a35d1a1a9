package com.fleetman.platform;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses an Accept header that cannot be parsed, before a method is chosen by it: a JAX-RS implementation may answer
 * that by itself, past every mapper and without a body.
 */
@Provider
@PreMatching
public class AcceptFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        try {
            request.getAcceptableMediaTypes();
        } catch (WebApplicationException | ProcessingException | IllegalArgumentException e) {
            throw Problem.badRequest("invalid_header", "the header Accept cannot be read")
                    .field(HttpHeaders.ACCEPT);
        }
    }
}
