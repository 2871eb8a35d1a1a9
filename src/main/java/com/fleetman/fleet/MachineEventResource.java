package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history of a machine. */
@Path("machines/{id}/events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MachineEventResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    ReadHistory readHistory;

    @Inject
    @SuppressWarnings("NullAway.Init")
    WriteHistory writeHistory;

    /** The history of a machine, newest first. */
    @GET
    public Answer<Page<MachineEventView>> list(
            @PathParam("id") String id,
            @QueryParam("type") @Nullable String type,
            @QueryParam("systemGenerated") @Nullable String systemGenerated,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var filter = new ReadHistory.Filter(type, systemGenerated, cursor, limit);
        return Answer.of(readHistory.list(Caller.of(security), Ids.parse("id", id), filter));
    }

    /** Writes into the history of a machine. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"type": "MAINTENANCE", "description": "Changed the oil filter"}
            """)
    public Response write(@PathParam("id") String id, WriteHistory.Body body, @Context SecurityContext security) {
        UUID machine = Ids.parse("id", id);
        MachineEventView written = writeHistory.write(Caller.of(security), machine, body);
        return Response.status(Response.Status.CREATED)
                .entity(Answer.of(written))
                .build();
    }
}
