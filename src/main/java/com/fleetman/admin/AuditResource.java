package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Json;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Path("admin/audit")
@ApplicationScoped
@NeedsRole("ADMIN")
public class AuditResource {
    private static final String NDJSON = "application/x-ndjson";

    @Inject
    @SuppressWarnings("NullAway.Init")
    ReadAuditLog audit;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditLog log;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Answer<Page<AuditEntry>> list(
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("target") @Nullable String target,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return Answer.of(audit.page(new ReadAuditLog.Filter(actor, action, target, kind, from, to), cursor, limit));
    }

    /** All entries, the oldest first, one JSON object a line. The export itself is an entry, and not in it. */
    @GET
    @Path("export")
    @Produces(NDJSON)
    public Response export(
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("target") @Nullable String target,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        var filter = new ReadAuditLog.Filter(actor, action, target, kind, from, to);
        ReadAuditLog.Checked checked = filter.checked();
        long end = log.note(Administrator.of(security, request), "audit.export", "audit", filter);
        StreamingOutput lines = out -> write(checked, end, out);
        return Response.ok(lines, NDJSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\"")
                .build();
    }

    private void write(ReadAuditLog.Checked filter, long end, OutputStream out) throws IOException {
        List<AuditEntry> chunk = audit.chunk(filter, 0, end);
        while (!chunk.isEmpty()) {
            for (AuditEntry entry : chunk) {
                out.write((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            chunk = audit.chunk(filter, chunk.get(chunk.size() - 1).number(), end);
        }
    }
}
