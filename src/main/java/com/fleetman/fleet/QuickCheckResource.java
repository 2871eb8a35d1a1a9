package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The quick checks of a machine, for its owner, its assigned provider and administrators alike. */
@Path("machines/{id}/quick-checks")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class QuickCheckResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    RecordQuickCheck recordQuickCheck;

    @Inject
    @SuppressWarnings("NullAway.Init")
    QuickChecks quickChecks;

    @Inject
    @SuppressWarnings("NullAway.Init")
    QuickCheckTemplates templates;

    /** Records a check: 201, for a retry too. The answer comes after the commit and waits for no stream. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"result": "disapproved", "responsibleName": "Ana", "responsibleWorkerId": "W-104",
             "observations": "Not before the brakes are new",
             "items": [{"name": "Brakes", "result": "disapproved", "note": "Worn"}]}
            """)
    public Response add(
            @PathParam("id") String id,
            RecordQuickCheck.Body body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        var command = RecordQuickCheck.Command.of(Ids.parse("id", id), body, idempotencyKey);
        QuickCheckView check = recordQuickCheck.add(Caller.of(security), command);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(check.id().toString()).build())
                .entity(Answer.of(check))
                .build();
    }

    /** The quick checks of a machine, newest first. */
    @GET
    public Answer<Page<QuickCheckView>> list(
            @PathParam("id") String id,
            @QueryParam("result") @Nullable String result,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var filter = new QuickChecks.Filter(result, cursor, limit);
        return Answer.of(quickChecks.list(Caller.of(security), Ids.parse("id", id), filter));
    }

    /** One quick check. */
    @GET
    @Path("{checkId}")
    public Answer<QuickCheckView> find(
            @PathParam("id") String id, @PathParam("checkId") String checkId, @Context SecurityContext security) {
        return Answer.of(quickChecks.find(Caller.of(security), Ids.parse("id", id), Ids.parse("checkId", checkId)));
    }

    /** What the quick checks of a machine look at. */
    @GET
    @Path("template")
    public Answer<QuickCheckTemplateView> template(@PathParam("id") String id, @Context SecurityContext security) {
        return Answer.of(templates.read(Caller.of(security), Ids.parse("id", id)));
    }

    /** Sets what the quick checks of a machine look at. */
    @PUT
    @Path("template")
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"items": [{"name": "Brakes"}]}
            """)
    public Answer<QuickCheckTemplateView> setTemplate(
            @PathParam("id") String id, QuickCheckTemplate.Body body, @Context SecurityContext security) {
        return Answer.of(templates.set(Caller.of(security), Ids.parse("id", id), body.names()));
    }
}
