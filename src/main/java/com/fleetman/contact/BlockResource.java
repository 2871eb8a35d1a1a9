package com.fleetman.contact;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The users whom the caller has blocked. */
@Path("users/me/blocked")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class BlockResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Contacts contacts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ListContacts listContacts;

    /** The users whom the caller has blocked. */
    @GET
    public Answer<Page<ContactView>> list(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        return Answer.of(listContacts.blocked(Caller.of(security).userId(), cursor, limit));
    }

    /** Blocks a user. */
    @PUT
    @Path("{userId}")
    public Answer<Decided> block(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(contacts.decide(Caller.of(security).userId(), Ids.parse("userId", userId), Decision.BLOCKED));
    }

    /** Takes a block away. */
    @DELETE
    @Path("{userId}")
    public Answer<Decided> unblock(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(
                contacts.decide(Caller.of(security).userId(), Ids.parse("userId", userId), Decision.UNBLOCKED));
    }
}
