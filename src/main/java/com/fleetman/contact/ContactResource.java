package com.fleetman.contact;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The caller's contacts. */
@Path("users/me/contacts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ContactResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Contacts contacts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ListContacts listContacts;

    /** The contacts of the caller. */
    @GET
    public Answer<Page<ContactView>> list(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        return Answer.of(listContacts.contacts(Caller.of(security).userId(), cursor, limit));
    }

    /** Somebody, contact or not, and how the caller stands to them. */
    @GET
    @Path("{userId}")
    public Answer<ContactView> find(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(listContacts.find(Caller.of(security).userId(), Ids.parse("userId", userId)));
    }

    /** Adds a contact. */
    @POST
    @Path("{userId}")
    public Answer<Decided> add(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(contacts.decide(Caller.of(security).userId(), Ids.parse("userId", userId), Decision.ADDED));
    }

    /** Removes a contact. */
    @DELETE
    @Path("{userId}")
    public Answer<Decided> remove(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(contacts.decide(Caller.of(security).userId(), Ids.parse("userId", userId), Decision.REMOVED));
    }
}
