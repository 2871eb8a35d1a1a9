package com.fleetman.platform;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * {@link ProblemMapper} for a transaction that could not be committed. Payara has a mapper of its own for this very type,
 * which would be the closer one; where there is no cause that it likes, it answers a bare 500.
 */
@Provider
@Priority(1)
public class TransactionProblemMapper implements ExceptionMapper<TransactionalException> {
    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest request;

    @Override
    public Response toResponse(TransactionalException failure) {
        return ProblemMapper.toResponse(failure, request);
    }
}
