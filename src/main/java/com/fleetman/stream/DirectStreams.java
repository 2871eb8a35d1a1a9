package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Takeover;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Opens a stream without keeping its request: takes the connection over before the resource method would suspend the
 * exchange, which is then not called. Where the server has no such thing, the method opens the stream, and costs more.
 */
@Direct
@Provider
@ApplicationScoped
@Priority(Priorities.USER)
public class DirectStreams implements ContainerRequestFilter {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Instance<Takeover> takeovers;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamHub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    LogHead log;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamJournal journal;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StatsTopic statsTopic;

    @Context
    @SuppressWarnings("NullAway.Init")
    Sse sse;

    @Override
    public void filter(ContainerRequestContext request) {
        if (takeovers.isUnsatisfied()
                || !(request.getProperty(SingleCompletion.EXCHANGED) instanceof SingleCompletion.Exchanged exchanged)
                || !takeovers.get().isPossible(exchanged.request())) {
            return;
        }
        Caller caller = Caller.of(request.getSecurityContext());
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        boolean watches = statsTopic.isAskedFor(query.getFirst("topics"), caller);
        Connection connection = hub.admit(caller, sse);
        try {
            LogReader.Bounds bounds = log.of(connection.user().userId());
            Takeover.Direct taken = takeovers.get().take(exchanged.request());
            if (taken == null) {
                connection.close(CloseReason.FAILED);
                return;
            }
            StreamResource.head(exchanged.response());
            exchanged.response().setHeader("Connection", "close");
            exchanged.response().flushBuffer();
            var wire = new DirectWire(taken, connection);
            String header = request.getHeaderString("Last-Event-ID");
            long first = hub.start(connection, wire, bounds, header != null ? header : query.getFirst("lastEventId"));
            journal.opened(connection, first, request.getHeaderString("User-Agent"));
            if (watches) {
                statsTopic.add(connection);
            }
            taken.start(wire);
            connection.signal();
        } catch (SQLException e) {
            connection.close(CloseReason.FAILED);
            throw StreamResource.databaseAway();
        } catch (IOException | ServletException | RuntimeException e) {
            connection.close(CloseReason.FAILED);
            throw e instanceof Problem problem ? problem : new IllegalStateException("stream could not be opened", e);
        }
        request.abortWith(Response.ok().build()); // the response has been sent: this ends the request and nothing else
    }
}
