package com.fleetman.admin;

import com.fleetman.identity.AccountSession;
import com.fleetman.identity.AccountState;
import com.fleetman.identity.FindAccounts;
import com.fleetman.identity.IssuedPassword;
import com.fleetman.identity.ManageAccounts;
import com.fleetman.identity.NeedsRole;
import com.fleetman.identity.UserType;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.JsonBody;
import com.fleetman.platform.Page;
import com.fleetman.stream.StreamDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Other people's accounts. */
@Path("admin/users")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class UserAdminResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    AdministerUsers users;

    @Inject
    @SuppressWarnings("NullAway.Init")
    FindAccounts accounts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    IssuedPassword.Issuer passwords;

    @Inject
    @SuppressWarnings("NullAway.Init")
    JsonBody json;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamDirectory streams;

    @Inject
    @SuppressWarnings("NullAway.Init")
    EndStreams endStreams;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Diagnose diagnose;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditLog audit;

    /** @param password left out to have one made */
    record New(
            @Nullable String email,
            @Nullable String type,
            @Nullable String companyName,
            @Nullable String locale,
            @Nullable String password) {
        ManageAccounts.Wanted checked() {
            var fields = new Fields();
            var wanted = new ManageAccounts.Wanted(email, type, companyName, locale);
            wanted.check(fields);
            IssuedPassword.check(fields, "password", password);
            fields.check();
            return wanted;
        }

        @Override
        public String toString() {
            return "New";
        }
    }

    /** @param password shown this once, null if the administrator chose it */
    record Made(AccountState user, @Nullable String password) {
        @Override
        public String toString() {
            return "Made";
        }
    }

    record RoleWanted(@Nullable String role) {
        UserType checked() {
            var fields = new Fields();
            UserType wanted = fields.oneOf("role", role, UserType.class, null);
            fields.check();
            return wanted == null ? UserType.CLIENT : wanted;
        }
    }

    /** @param password left out to have one made */
    record Reset(@Nullable String password) {
        @Nullable
        String checked() {
            var fields = new Fields();
            IssuedPassword.check(fields, "password", password);
            fields.check();
            return password;
        }

        @Override
        public String toString() {
            return "Reset";
        }
    }

    /** @param password shown this once, null if the administrator chose it */
    record Issued(@Nullable String password) {
        @Override
        public String toString() {
            return "Issued";
        }
    }

    record Ended(int sessions) {}

    record Closed(int streams) {}

    @GET
    public Response list(
            @QueryParam("search") @Nullable String search,
            @QueryParam("email") @Nullable String email,
            @QueryParam("company") @Nullable String company,
            @QueryParam("type") @Nullable String type,
            @QueryParam("role") @Nullable String role,
            @QueryParam("active") @Nullable String active,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        var filter = new FindAccounts.Filter(search, email, company, type, role, active, cursor, limit);
        Page<AccountState> page = accounts.find(filter);
        return unstored(200, page);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(New body, @Context SecurityContext security, @Context HttpServletRequest request) {
        ManageAccounts.Wanted wanted = body.checked();
        IssuedPassword password = passwords.issue(body.password());
        AccountState made = users.create(Administrator.of(security, request), wanted, password);
        return unstored(201, new Made(made, password.shown()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return unstored(200, accounts.require(Ids.parse("id", id)));
    }

    @POST
    @Path("{id}/deactivate")
    public Response deactivate(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpServletRequest request) {
        return unstored(200, users.deactivate(Administrator.of(security, request), Ids.parse("id", id)));
    }

    @POST
    @Path("{id}/reactivate")
    public Response reactivate(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpServletRequest request) {
        return unstored(200, users.reactivate(Administrator.of(security, request), Ids.parse("id", id)));
    }

    @PUT
    @Path("{id}/role")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changeRole(
            @PathParam("id") String id,
            RoleWanted body,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        UUID user = Ids.parse("id", id);
        return unstored(200, users.changeRole(Administrator.of(security, request), user, body.checked()));
    }

    /** Takes no body, too: then the password is made. */
    @POST
    @Path("{id}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response resetPassword(
            @PathParam("id") String id,
            InputStream body,
            @Context SecurityContext security,
            @Context HttpServletRequest request)
            throws IOException {
        UUID user = Ids.parse("id", id);
        String wanted = json.optional(body, Reset.class).orElse(new Reset(null)).checked();
        accounts.require(user);
        IssuedPassword password = passwords.issue(wanted);
        users.resetPassword(Administrator.of(security, request), user, password);
        return unstored(200, new Issued(password.shown()));
    }

    @GET
    @Path("{id}/sessions")
    public Answer<List<AccountSession>> sessions(@PathParam("id") String id) {
        return Answer.of(accounts.sessions(Ids.parse("id", id)));
    }

    @DELETE
    @Path("{id}/sessions")
    public Answer<Ended> endSessions(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpServletRequest request) {
        return Answer.of(new Ended(users.endSessions(Administrator.of(security, request), Ids.parse("id", id))));
    }

    /** The user's clients may come back; to keep them out, end the sessions. */
    @DELETE
    @Path("{id}/streams")
    public Answer<Closed> closeStreams(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpServletRequest request) {
        UUID user = Ids.parse("id", id);
        streams.refresh();
        return Answer.of(new Closed(endStreams.ofUser(Administrator.of(security, request), user)));
    }

    /** Why the user did not get something. The question is an entry in the audit log. */
    @GET
    @Path("{id}/why")
    public Response why(
            @PathParam("id") String id,
            @QueryParam("notificationId") @Nullable String notificationId,
            @QueryParam("eventSeq") @Nullable String eventSeq,
            @QueryParam("from") @Nullable String from,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        UUID user = Ids.parse("id", id);
        Diagnose.Question question = Diagnose.Question.of(notificationId, eventSeq, from);
        Diagnosis diagnosis = diagnose.why(user, question);
        audit.note(Administrator.of(security, request), "user.why", AdministerUsers.target(user), question);
        return unstored(200, diagnosis);
    }

    /** Personal data does not belong into caches. */
    private static Response unstored(int status, Object data) {
        return Response.status(status)
                .entity(Answer.of(data))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
