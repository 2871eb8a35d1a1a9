package com.fleetman.admin;

import com.fleetman.fleet.DailyRun;
import com.fleetman.fleet.MaintenanceRunView;
import com.fleetman.fleet.MaintenanceRuns;
import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows the daily runs of the machines' hours, and does one now. */
@Path("admin/maintenance/runs")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceRunResource {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    @Inject
    @SuppressWarnings("NullAway.Init")
    DailyRun dailyRun;

    @Inject
    @SuppressWarnings("NullAway.Init")
    MaintenanceRuns runs;

    /** @param date the day to be added, {@code 2026-11-24} */
    record Order(@Nullable String date) {
        LocalDate checked() {
            var fields = new Fields();
            String text = fields.text("date", date, 0, Integer.MAX_VALUE);
            fields.check();
            if (DATE.matcher(text).matches()) {
                try {
                    return LocalDate.parse(text);
                } catch (DateTimeParseException e) {
                    // said below, in the same words as what does not even look like a date
                }
            }
            fields.reject("date", "invalid_date", "date must be a date like 2026-11-24");
            fields.check();
            throw new IllegalStateException("checked above");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditLog audit;

    /** Answers when all of it is done. The run is many transactions, and its entry in the audit log is made at its end. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"date": "2026-11-24"}
            """)
    public Answer<MaintenanceRunView> run(
            Order order, @Context SecurityContext security, @Context HttpServletRequest request) throws SQLException {
        MaintenanceRunView run = dailyRun.runDay(order.checked());
        audit.note(Administrator.of(security, request), "maintenance.run", "maintenance/runs/" + run.id(), run);
        return Answer.of(run);
    }

    /** The daily runs, newest first. */
    @GET
    public Answer<Page<MaintenanceRunView>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return Answer.of(runs.list(cursor, limit));
    }
}
