package com.fleetman.identity;

import com.fleetman.platform.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lets tests call, inside the server, what has no path of its own. It is only in the war of {@link InsideIT}. */
@Path("probe")
@ApplicationScoped
@WithoutSession
@Produces(MediaType.APPLICATION_JSON)
public class IdentityProbe {
    @Inject
    ForgetSessions forget;

    @Inject
    SessionDirectory sessions;

    @Inject
    Users users;

    @POST
    @Path("forget")
    public Answer<Boolean> forget() {
        return Answer.of(forget.forgetSome());
    }

    @GET
    @Path("live")
    public Answer<Map<UUID, Instant>> live(@QueryParam("id") List<UUID> ids) {
        return Answer.of(sessions.live(ids));
    }

    @GET
    @Path("profiles")
    public Answer<Map<UUID, PublicProfile>> profiles(@QueryParam("id") List<UUID> ids) {
        return Answer.of(users.profiles(ids));
    }

    @GET
    @Path("active")
    public Answer<UUID> active(@QueryParam("id") UUID id) {
        return Answer.of(users.requireActive(id).id());
    }

    @GET
    @Path("closed")
    @NeedsRole("NOBODY")
    public Answer<Boolean> closed() {
        return Answer.of(true);
    }
}
