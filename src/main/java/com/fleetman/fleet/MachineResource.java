package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.EntityTags;
import com.fleetman.platform.Example;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The machines that the caller owns or looks after. */
@Path("machines")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MachineResource {
    /** To be asked for again each time, which {@code If-None-Match} makes cheap. */
    private static final String CACHING = "private, no-cache";

    @Inject
    @SuppressWarnings("NullAway.Init")
    FindMachines findMachines;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CreateMachine createMachine;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ChangeMachine changeMachine;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DeleteMachine deleteMachine;

    record Deleted(UUID id) {}

    /** The machines that the caller owns or looks after. */
    @GET
    public Answer<Page<MachineView>> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("brand") @Nullable String brand,
            @QueryParam("search") @Nullable String search,
            @QueryParam("role") @Nullable String role,
            @QueryParam("ownerId") @Nullable String ownerId,
            @QueryParam("providerId") @Nullable String providerId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var filter = new FindMachines.Filter(status, brand, search, role, ownerId, providerId, cursor, limit);
        return Answer.of(findMachines.list(Caller.of(security), filter));
    }

    /** Enters a machine into the fleet of its owner. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"serialNumber": "LTM-0418", "brand": "Liebherr", "model": "LTM 1100", "nickname": "Blue crane",
             "usageSchedule": {"dailyHours": 8, "operatingDays": ["MONDAY", "TUESDAY", "FRIDAY"]},
             "operatingHours": 1250.5, "timezone": "Europe/Madrid"}
            """)
    public Response create(CreateMachine.Body body, @Context SecurityContext security, @Context UriInfo uri) {
        MachineView made = createMachine.create(CreateMachine.Command.of(Caller.of(security), body));
        return tagged(
                Response.created(uri.getBaseUriBuilder()
                        .path("machines")
                        .path(made.id().toString())
                        .build()),
                made);
    }

    /** One machine. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security, @Context HttpHeaders headers) {
        MachineView machine = findMachines.get(Caller.of(security), Ids.parse("id", id));
        if (EntityTags.isKnown(EntityTags.sent(headers, HttpHeaders.IF_NONE_MATCH), machine.version())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, EntityTags.of(machine.version()))
                    .header(HttpHeaders.CACHE_CONTROL, CACHING)
                    .build();
        }
        return tagged(Response.ok().header(HttpHeaders.CACHE_CONTROL, CACHING), machine);
    }

    /** Changes a machine; what is left out stays. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"nickname": "Red crane", "operatingHours": 1260.25}
            """)
    public Response change(
            @PathParam("id") String id,
            MachineChange body,
            @Context SecurityContext security,
            @Context HttpHeaders headers) {
        UUID machine = Ids.parse("id", id);
        return tagged(
                Response.ok(),
                changeMachine.change(
                        Caller.of(security), machine, body.checked(), EntityTags.sent(headers, HttpHeaders.IF_MATCH)));
    }

    /** Deletes a machine without a history. */
    @DELETE
    @Path("{id}")
    public Answer<Deleted> delete(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpHeaders headers) {
        UUID machine = Ids.parse("id", id);
        deleteMachine.delete(Caller.of(security), machine, EntityTags.sent(headers, HttpHeaders.IF_MATCH));
        return Answer.of(new Deleted(machine));
    }

    private static Response tagged(Response.ResponseBuilder response, MachineView machine) {
        return response.header(HttpHeaders.ETAG, EntityTags.of(machine.version()))
                .entity(Answer.of(machine))
                .build();
    }
}
