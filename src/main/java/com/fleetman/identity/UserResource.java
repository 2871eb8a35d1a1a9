package com.fleetman.identity;

import com.fleetman.platform.Answer;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The own account, and the companies that one can get in touch with. */
@Path("users")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Users users;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ChangeProfile changeProfile;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ChangePassword changePassword;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DiscoverUsers discoverUsers;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SessionCookies cookies;

    /** The own account. */
    @GET
    @Path("me")
    public Response me(@Context SecurityContext security) {
        User user = users.requireActive(Caller.of(security).userId());
        return unstored(Account.of(user));
    }

    /** Changes company name or language of the own account. */
    @PATCH
    @Path("me")
    public Response change(ChangeProfile.Change body, @Context SecurityContext security) {
        return unstored(changeProfile.change(Caller.of(security).userId(), body));
    }

    /** Changes the password, ends all sessions and opens a new one. */
    @POST
    @Path("me/password")
    public Response changePassword(
            ChangePassword.Change body, @Context SecurityContext security, @Context HttpServletRequest request) {
        SignedIn signedIn = changePassword.change(Caller.of(security), body, request.getRemoteAddr());
        Response.ResponseBuilder response = Response.ok(Answer.of(signedIn));
        cookies.set(response, signedIn, request.getContextPath());
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Finds other companies by name. */
    @GET
    @Path("discover")
    public Answer<Page<PublicProfile>> discover(
            @QueryParam("searchTerm") @Nullable String searchTerm,
            @QueryParam("type") @Nullable String type,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var search = new DiscoverUsers.Search(searchTerm, type, cursor, limit);
        return Answer.of(discoverUsers.find(Caller.of(security).userId(), search));
    }

    /** Personal data does not belong into caches. */
    private static Response unstored(Account account) {
        return Response.ok(Answer.of(account))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
