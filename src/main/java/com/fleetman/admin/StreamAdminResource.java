package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import com.fleetman.stream.StreamDirectory;
import com.fleetman.stream.StreamView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is connected where. */
@Path("admin/streams")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class StreamAdminResource {
    private static final int LONGEST_NAME = 200;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamDirectory streams;

    @Inject
    @SuppressWarnings("NullAway.Init")
    EndStreams endStreams;

    @GET
    public Answer<Page<StreamView>> list(
            @QueryParam("userId") @Nullable String userId,
            @QueryParam("node") @Nullable String node,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        UUID user = userId == null ? null : Ids.parse("userId", userId);
        var fields = new Fields();
        String name = fields.optional("node", node, LONGEST_NAME).orElse(null);
        fields.check();
        streams.refresh();
        return Answer.of(streams.list(user, name, cursor, limit));
    }

    @DELETE
    @Path("{id}")
    public Answer<Map<String, Object>> close(
            @PathParam("id") String id, @Context SecurityContext security, @Context HttpServletRequest request) {
        UUID stream = Ids.parse("id", id);
        streams.refresh();
        endStreams.one(Administrator.of(security, request), stream);
        return Answer.of(Map.of());
    }
}
