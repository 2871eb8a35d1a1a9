package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import com.fleetman.stream.EventRetention;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;

/** How long events are kept. */
@Path("admin/retention")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionAdminResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    EventRetention retention;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditLog audit;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Settings settings;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    /**
     * @param cutoff events before this are dropped by the next run
     * @param events how many there are, as the database estimates
     * @param due how many of them the next run drops
     */
    record Standing(long eventDays, int streamHistory, Instant cutoff, long events, long due) {}

    record Dropped(int events) {}

    @GET
    public Answer<Standing> get() {
        Instant cutoff = clock.instant().minus(settings.streams().retention());
        long events = Sql.of(
                        "select greatest(0, reltuples)::bigint as n from pg_class where oid = 'user_event'::regclass")
                .one(dataSource, row -> row.getLong("n"));
        long due = Sql.of("select count(*) from user_event where created_at < ?", cutoff)
                .one(dataSource, row -> row.getLong(1));
        return Answer.of(new Standing(
                settings.streams().retention().toDays(), settings.limits().streamHistory(), cutoff, events, due));
    }

    /** Answers when all of it is done. It is many transactions, and its entry in the audit log is made at its end. */
    @POST
    @Path("runs")
    public Answer<Dropped> run(@Context SecurityContext security, @Context HttpServletRequest request)
            throws SQLException {
        var dropped = new Dropped(retention.run());
        audit.note(Administrator.of(security, request), "retention.run", "retention", dropped);
        return Answer.of(dropped);
    }
}
