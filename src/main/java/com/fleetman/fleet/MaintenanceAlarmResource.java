package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The maintenance alarms of a machine. */
@Path("machines/{id}/maintenance-alarms")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceAlarmResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    MaintenanceAlarms alarms;

    record Deleted(UUID id) {}

    /** The alarms of a machine. */
    @GET
    public Answer<Page<MaintenanceAlarmView>> list(
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        return Answer.of(alarms.list(Caller.of(security), Ids.parse("id", id), cursor, limit));
    }

    /** Makes an alarm. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"title": "Engine oil", "relatedParts": ["Oil filter"], "intervalHours": 250, "accumulatedHours": 12.5}
            """)
    public Response create(@PathParam("id") String id, MaintenanceAlarmBody body, @Context SecurityContext security) {
        UUID machine = Ids.parse("id", id);
        return Response.status(Response.Status.CREATED)
                .entity(Answer.of(alarms.create(Caller.of(security), machine, body.create())))
                .build();
    }

    /** One alarm. */
    @GET
    @Path("{alarmId}")
    public Answer<MaintenanceAlarmView> get(
            @PathParam("id") String id, @PathParam("alarmId") String alarmId, @Context SecurityContext security) {
        return Answer.of(alarms.get(Caller.of(security), Ids.parse("id", id), Ids.parse("alarmId", alarmId)));
    }

    /** Changes an alarm; what is left out stays. */
    @PATCH
    @Path("{alarmId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"intervalHours": 300, "active": true}
            """)
    public Answer<MaintenanceAlarmView> change(
            @PathParam("id") String id,
            @PathParam("alarmId") String alarmId,
            MaintenanceAlarmBody body,
            @Context SecurityContext security) {
        UUID alarm = Ids.parse("alarmId", alarmId);
        return Answer.of(alarms.change(Caller.of(security), Ids.parse("id", id), alarm, body));
    }

    /** Deletes an alarm. */
    @DELETE
    @Path("{alarmId}")
    public Answer<Deleted> delete(
            @PathParam("id") String id, @PathParam("alarmId") String alarmId, @Context SecurityContext security) {
        UUID alarm = Ids.parse("alarmId", alarmId);
        alarms.delete(Caller.of(security), Ids.parse("id", id), alarm);
        return Answer.of(new Deleted(alarm));
    }

    /** Says that the maintenance was done. */
    @POST
    @Path("{alarmId}/reset")
    public Answer<MaintenanceAlarmView> reset(
            @PathParam("id") String id, @PathParam("alarmId") String alarmId, @Context SecurityContext security) {
        return Answer.of(alarms.reset(Caller.of(security), Ids.parse("id", id), Ids.parse("alarmId", alarmId)));
    }
}
