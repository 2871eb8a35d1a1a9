package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Notifications from an administrator to one, many, a role or everybody. */
@Path("admin/notifications")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class NotificationAdminResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    SendNotifications sendNotifications;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DeliverMailings delivery;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Mailings mailings;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Settings settings;

    /** 200 when everybody has been told; 202 when there are so many that it goes on. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"recipients": {"role": "CLIENT"}, "type": "MAINTENANCE_WINDOW", "title": "Maintenance on Sunday",
             "message": "FleetMan is away from 6 to 7 o'clock.", "actionUrl": "/machines", "priority": "HIGH",
             "dryRun": true}
            """)
    public Response send(
            NotificationOrder body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        NotificationOrder.Checked order = body.checked(settings.limits());
        if (order.dryRun()) {
            return answer(200, MailingView.dry(sendNotifications.count(order)));
        }
        MailingView sent =
                delivery.begin(sendNotifications.order(Administrator.of(security, request), order, idempotencyKey));
        return answer(sent.finishedAt() == null ? 202 : 200, sent);
    }

    private static Response answer(int status, MailingView view) {
        return Response.status(status).entity(Answer.of(view)).build();
    }

    @GET
    public Answer<Page<MailingView>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return Answer.of(mailings.list(cursor, limit));
    }

    @GET
    @Path("{id}")
    public Answer<MailingView> get(@PathParam("id") String id) {
        return Answer.of(mailings.get(Ids.parse("id", id)));
    }
}
