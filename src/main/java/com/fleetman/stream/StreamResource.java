package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The stream of the caller's events: Server-Sent Events, WHATWG HTML section 9.2. */
@Path("/notifications/stream")
@ApplicationScoped
public class StreamResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamHub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    LogReader log;

    /**
     * Opens a stream and returns at once; it is written to elsewhere.
     *
     * @param header {@code Last-Event-ID} of a client that comes back; wins over the query parameter
     * @param query the same for clients that cannot set the header on their first connection
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void open(
            @Suspended AsyncResponse suspended,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Context Sse sse,
            @HeaderParam("Last-Event-ID") @Nullable String header,
            @QueryParam("lastEventId") @Nullable String query) {
        Connection connection = hub.admit(Caller.of(security), sse);
        try {
            LogReader.Bounds bounds = log.bounds(connection.user().userId());
            AsyncContext exchange = request.getAsyncContext();
            response.setStatus(HttpServletResponse.SC_OK);
            response.setHeader("Content-Type", MediaType.SERVER_SENT_EVENTS);
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
            hub.start(
                    connection, ServletWire.open(exchange, told(connection)), bounds, header != null ? header : query);
        } catch (SQLException e) {
            connection.close(CloseReason.FAILED);
            throw Problem.unavailable(
                    "database_unavailable", "the database cannot be reached; try again", Duration.ofSeconds(1));
        } catch (IOException | RuntimeException e) {
            connection.close(CloseReason.FAILED);
            throw new IllegalStateException("stream could not be opened", e);
        }
    }

    /** The headers of the stream, without opening one. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private ServletWire.Listener told(Connection connection) {
        return new ServletWire.Listener() {
            @Override
            public void writable() {
                connection.signal();
            }

            @Override
            public byte[] lastWords() {
                return hub.reconnect().bytes();
            }

            @Override
            public void gone(CloseReason reason) {
                connection.close(reason);
            }
        };
    }
}
