package com.fleetman.fleet;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Gives all machines the hours of the days that are over, each machine and day exactly once. In many short transactions:
 * it can be interrupted anywhere, and the next run goes on there.
 */
@ApplicationScoped
public class DailyRun {
    private static final Logger LOG = Logger.getLogger(DailyRun.class.getName());
    private static final int CHUNK = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final ZoneOffset FARTHEST_EAST = ZoneOffset.ofHours(14);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final MaintenanceRuns runs;
    private final AccountHours hours;
    private final DataSource dataSource;
    private final Settings settings;
    private final Clock clock;
    private volatile boolean stopping;

    @Inject
    DailyRun(MaintenanceRuns runs, AccountHours hours, DataSource dataSource, Settings settings, Clock clock) {
        this.runs = runs;
        this.hours = hours;
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    /** A run ends after the transaction that it is in. */
    void stop() {
        stopping = true;
    }

    /**
     * Does the run of the latest time of the schedule for all days to yesterday, if it has not been done: after a crash,
     * the rest of it.
     *
     * @return whether that run is done, by whichever node; false if another node is at it, or this one is stopping
     */
    boolean runDue(Instant now) throws SQLException {
        Optional<Instant> time = settings.maintenance().latest(now);
        if (time.isEmpty() || runs.isFinished(time.get())) {
            return true;
        }
        Optional<RunLock> elected = RunLock.take(dataSource);
        if (elected.isEmpty()) {
            return false;
        }
        try {
            if (runs.isFinished(time.get())) {
                return true; // by the node that held the lock just before
            }
            UUID run = runs.begin(time.get());
            if (!account(run, LastDay.yesterdayAt(now))) {
                return false;
            }
            MaintenanceRunView done = runs.finish(run);
            LOG.info(() -> "daily run of " + time.get() + ": " + done.machines() + " machines, " + done.days()
                    + " days, " + done.alarmsFired() + " alarms fired");
            return true;
        } finally {
            elected.get().close();
        }
    }

    /**
     * Gives every machine the day that starts at a date, by its own calendar, and those before it that are missing.
     *
     * @throws Problem 400 {@code date_in_future} if that day has begun nowhere yet, 409 {@code run_in_progress}, 503
     *     {@code shutting_down}
     */
    public MaintenanceRunView runDay(LocalDate day) throws SQLException {
        if (day.isAfter(LocalDate.ofInstant(clock.instant(), FARTHEST_EAST))) {
            throw Problem.badRequest("date_in_future", "date must not be after today")
                    .field("date");
        }
        Optional<RunLock> elected = RunLock.take(dataSource);
        if (elected.isEmpty()) {
            throw Problem.conflict("run_in_progress", "another run is in progress");
        }
        try {
            UUID run = runs.begin(day);
            if (!account(run, LastDay.always(day))) {
                throw Problem.unavailable("shutting_down", "this node is shutting down; run it again", RETRY);
            }
            return runs.finish(run);
        } finally {
            elected.get().close();
        }
    }

    /** @return false if it was stopped before it was through */
    boolean account(UUID run, LastDay lastDay) throws SQLException {
        var failed = new ArrayList<UUID>();
        List<UUID> chunk = hours.behind(BEFORE_ALL, lastDay, CHUNK);
        while (!chunk.isEmpty()) {
            if (stopping || !accountFiring(run, hours.accountQuiet(run, chunk, lastDay), lastDay, failed)) {
                return false;
            }
            chunk = hours.behind(chunk.get(chunk.size() - 1), lastDay, CHUNK);
        }
        var failedAgain = new ArrayList<UUID>();
        boolean done = accountFiring(run, failed, lastDay, failedAgain);
        if (!failedAgain.isEmpty()) {
            LOG.warning(() -> "the next run must make up for the machines " + failedAgain);
        }
        return done;
    }

    /** One by one; what is wrong with a machine does not keep the others from their hours. */
    private boolean accountFiring(UUID run, List<UUID> machines, LastDay lastDay, List<UUID> failed) {
        for (UUID machine : machines) {
            if (stopping) {
                return false;
            }
            try {
                hours.accountOne(run, machine, lastDay);
            } catch (SQLException | RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> "machine " + machine + " could not be given its hours");
                failed.add(machine);
            }
        }
        return true;
    }
}
