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
    LogHead log;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamJournal journal;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StatsTopic statsTopic;

    /**
     * Opens a stream and returns at once; it is written to elsewhere.
     *
     * @param header {@code Last-Event-ID} of a client that comes back; wins over the query parameter
     * @param query the same for clients that cannot set the header on their first connection
     * @param topics {@code admin} to get {@code admin-stats} too, for administrators
     */
    @GET
    @Direct
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void open(
            @Suspended AsyncResponse suspended,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Context Sse sse,
            @HeaderParam("Last-Event-ID") @Nullable String header,
            @QueryParam("lastEventId") @Nullable String query,
            @QueryParam("topics") @Nullable String topics) {
        Caller caller = Caller.of(security);
        boolean watches = statsTopic.isAskedFor(topics, caller);
        Connection connection = hub.admit(caller, sse);
        try {
            LogReader.Bounds bounds = log.of(connection.user().userId());
            AsyncContext exchange = request.getAsyncContext();
            head(response);
            String agent = request.getHeader("User-Agent");
            ServletWire wire = ServletWire.open(exchange, told(connection));
            long first = hub.start(connection, wire, bounds, header != null ? header : query);
            journal.opened(connection, first, agent);
            if (watches) {
                statsTopic.add(connection);
            }
        } catch (SQLException e) {
            connection.close(CloseReason.FAILED);
            throw databaseAway();
        } catch (IOException | RuntimeException e) {
            connection.close(CloseReason.FAILED);
            throw new IllegalStateException("stream could not be opened", e);
        }
    }

    static void head(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("Content-Type", MediaType.SERVER_SENT_EVENTS);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
    }

    static Problem databaseAway() {
        return Problem.unavailable(
                "database_unavailable", "the database cannot be reached; try again", Duration.ofSeconds(1));
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
