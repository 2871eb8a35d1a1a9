package com.fleetman.notification;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Fields;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** The types of notifications that shall not draw the caller's attention. */
@Path("notifications/mutes")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MuteResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Mutes mutes;

    /** What the caller has muted, by type. */
    @GET
    public Answer<List<Mute>> list(@Context SecurityContext security) {
        return Answer.of(mutes.of(Caller.of(security).userId()));
    }

    /** Mutes a type of notification; answers all that is muted then. */
    @PUT
    @Path("{type}")
    public Answer<List<Mute>> mute(@PathParam("type") String type, @Context SecurityContext security) {
        return Answer.of(mutes.mute(Caller.of(security).userId(), checked(type)));
    }

    /** Takes a mute away; answers all that is muted then. */
    @DELETE
    @Path("{type}")
    public Answer<List<Mute>> unmute(@PathParam("type") String type, @Context SecurityContext security) {
        return Answer.of(mutes.unmute(Caller.of(security).userId(), checked(type)));
    }

    private static String checked(String type) {
        var fields = new Fields();
        if (!NewNotification.isCode(type)) {
            fields.reject("type", "invalid_code", "type must be a name in capitals of at most 64 characters");
        }
        fields.check();
        return type;
    }
}
