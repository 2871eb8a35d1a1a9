package com.fleetman.admin;

import com.fleetman.identity.Caller;
import com.fleetman.identity.DeactivateUser;
import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;

/** Takes accounts out of use and puts them back. */
@Path("admin/users")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class UserAdminResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    DeactivateUser deactivateUser;

    @POST
    @Path("{id}/deactivate")
    public Answer<Map<String, Object>> deactivate(@PathParam("id") String id, @Context SecurityContext security) {
        deactivateUser.deactivate(Caller.of(security), Ids.parse("id", id));
        return Answer.of(Map.of());
    }

    @POST
    @Path("{id}/reactivate")
    public Answer<Map<String, Object>> reactivate(@PathParam("id") String id, @Context SecurityContext security) {
        deactivateUser.reactivate(Caller.of(security), Ids.parse("id", id));
        return Answer.of(Map.of());
    }
}
