package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.identity.WithoutSession;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** Only in wars of tests: the daily run at any time, and a line in the history that names an alarm. */
@Path("test/maintenance")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceProbe {
    @Inject
    @SuppressWarnings("NullAway.Init")
    DailyRun dailyRun;

    @Inject
    @SuppressWarnings("NullAway.Init")
    MaintenanceRuns runs;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Machines machines;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Event<AlarmHandled> handled;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    /** The scheduled run, as if it were another time. */
    @POST
    @Path("due/{now}")
    @WithoutSession
    public Answer<Boolean> due(@PathParam("now") String now) throws SQLException {
        return Answer.of(dailyRun.runDue(Instant.parse(now)));
    }

    /** A run by a node that does not know that another one is at it. */
    @POST
    @Path("unelected/{day}")
    @WithoutSession
    public Answer<MaintenanceRunView> unelected(@PathParam("day") String day) throws SQLException {
        LocalDate date = LocalDate.parse(day);
        UUID run = runs.begin(date);
        dailyRun.account(run, LastDay.always(date));
        return Answer.of(runs.finish(run));
    }

    @POST
    @Path("handled/{machine}/{alarm}")
    @Transactional
    public Answer<Map<String, Object>> handle(
            @PathParam("machine") String machineId,
            @PathParam("alarm") String alarmId,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Machine machine = machines.lock(caller, Ids.parse("machine", machineId)).machine();
        handled.fire(new AlarmHandled(
                machine,
                Ids.parse("alarm", alarmId),
                caller.userId(),
                machines.lockInboxes(machine, caller.userId()),
                clock.instant()));
        return Answer.of(Map.of());
    }
}
