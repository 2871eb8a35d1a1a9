package com.fleetman.fleet;

import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The transactions of the daily run. Each locks its machines and decides by what they say under the lock, so a day is
 * never given twice, whoever else is at it. Machines where no alarm fires are written many at a time, past Hibernate; one
 * where an alarm fires has a transaction of its own, with its history and notifications.
 */
@ApplicationScoped
@Transactional(rollbackOn = SQLException.class)
class AccountHours {
    private static final Logger LOG = Logger.getLogger(AccountHours.class.getName());

    private final EntityManager entities;
    private final DataSource dataSource;
    private final Machines machines;
    private final History history;
    private final NotifyUser notifyUser;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    AccountHours(
            EntityManager entities,
            DataSource dataSource,
            Machines machines,
            History history,
            NotifyUser notifyUser,
            Settings settings,
            Clock clock) {
        this.entities = entities;
        this.dataSource = dataSource;
        this.machines = machines;
        this.history = history;
        this.notifyUser = notifyUser;
        this.limits = settings.limits();
        this.clock = clock;
    }

    private record Row(UUID id, Accumulation.Meter meter, LocalDate last) {}

    /**
     * The next machines, by id, that may have days to be given.
     *
     * @param after the last of the ones before
     */
    List<UUID> behind(UUID after, LastDay lastDay, int most) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select id from machine where accounted_to < ? and id > ? order by id limit ?")) {
            query.setObject(1, lastDay.latest());
            query.setObject(2, after);
            query.setInt(3, most);
            var ids = new ArrayList<UUID>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            return ids;
        }
    }

    /**
     * Gives their days to those of the machines where no alarm fires.
     *
     * @param runId the run that this is counted in
     * @return the machines where one does, which are as they were
     */
    List<UUID> accountQuiet(UUID runId, List<UUID> ids, LastDay lastDay) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            List<Row> rows = lock(connection, ids, lastDay);
            Map<UUID, List<Accumulation.Counter>> alarms = alarms(connection, rows);
            var firing = new ArrayList<UUID>();
            var meters = new Columns();
            var counters = new Columns();
            int days = 0;
            for (Row row : rows) {
                List<Accumulation.Counter> own = alarms.getOrDefault(row.id(), List.of());
                Accumulation.Outcome outcome = Accumulation.of(row.meter(), own, row.last());
                if (!outcome.firings().isEmpty()) {
                    firing.add(row.id());
                    continue;
                }
                days += outcome.days();
                meters.add(row.id(), outcome.hours(), row.last());
                for (Accumulation.Counter counter : own) {
                    BigDecimal hours = outcome.accumulated().getOrDefault(counter.alarmId(), counter.accumulated());
                    if (hours.compareTo(counter.accumulated()) != 0) {
                        counters.add(counter.alarmId(), hours, row.last());
                    }
                }
            }
            if (!meters.ids.isEmpty()) {
                write(connection, meters, counters);
                count(connection, runId, meters.ids.size(), days, 0);
            }
            return firing;
        }
    }

    /** What is written, column by column: that is how it is sent. */
    private static final class Columns {
        final List<UUID> ids = new ArrayList<>();
        final List<BigDecimal> hours = new ArrayList<>();
        final List<LocalDate> days = new ArrayList<>();

        void add(UUID id, BigDecimal amount, LocalDate day) {
            ids.add(id);
            hours.add(amount);
            days.add(day);
        }
    }

    /** In the order of their ids, as everybody does who takes several. */
    private static List<Row> lock(Connection connection, List<UUID> ids, LastDay lastDay) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select id, accounted_to, status, daily_hours, operating_days, timezone from machine
                where id = any(?) order by id for no key update""")) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            var rows = new ArrayList<Row>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    LocalDate accountedTo = row.getObject(2, LocalDate.class);
                    LocalDate last = last(id, row.getString(6), accountedTo, lastDay);
                    if (accountedTo.isBefore(last)) {
                        var meter = new Accumulation.Meter(
                                accountedTo,
                                MachineStatus.ACTIVE.name().equals(row.getString(3)),
                                UsageSchedule.of(row.getBigDecimal(4), row.getShort(5)));
                        rows.add(new Row(id, meter, last));
                    }
                }
            }
            return rows;
        }
    }

    /** A zone that this Java does not know any more must not stop the run for all others. */
    private static LocalDate last(UUID machineId, String timezone, LocalDate accountedTo, LastDay lastDay) {
        try {
            return lastDay.in(ZoneId.of(timezone));
        } catch (DateTimeException e) {
            LOG.log(Level.WARNING, e, () -> "machine " + machineId + " gets no hours: unknown time zone " + timezone);
            return accountedTo;
        }
    }

    private static Map<UUID, List<Accumulation.Counter>> alarms(Connection connection, List<Row> rows)
            throws SQLException {
        var alarms = new HashMap<UUID, List<Accumulation.Counter>>();
        try (PreparedStatement query = connection.prepareStatement("""
                select machine_id, id, accumulated_hours, interval_hours, active, counts_from from maintenance_alarm
                where machine_id = any(?) order by machine_id, number""")) {
            query.setArray(
                    1,
                    connection.createArrayOf("uuid", rows.stream().map(Row::id).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    alarms.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new Accumulation.Counter(
                                    row.getObject(2, UUID.class),
                                    row.getBigDecimal(3),
                                    row.getInt(4),
                                    row.getBoolean(5),
                                    row.getObject(6, LocalDate.class)));
                }
            }
        }
        return alarms;
    }

    private static void write(Connection connection, Columns meters, Columns counters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update machine m set accounted_to = v.day, operating_hours = least(m.operating_hours + v.hours, ?),
                  version = m.version + 1
                from unnest(?, ?, ?) as v (id, hours, day) where m.id = v.id""")) {
            update.setBigDecimal(1, Hours.MOST);
            update.setArray(2, connection.createArrayOf("uuid", meters.ids.toArray()));
            update.setArray(3, connection.createArrayOf("numeric", meters.hours.toArray()));
            update.setArray(4, connection.createArrayOf("date", meters.days.toArray()));
            update.executeUpdate();
        }
        if (counters.ids.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update maintenance_alarm a set accumulated_hours = v.hours
                from unnest(?, ?) as v (id, hours) where a.id = v.id""")) {
            update.setArray(1, connection.createArrayOf("uuid", counters.ids.toArray()));
            update.setArray(2, connection.createArrayOf("numeric", counters.hours.toArray()));
            update.executeUpdate();
        }
    }

    private static void count(Connection connection, UUID runId, int machines, int days, int fired)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update maintenance_run set machines = machines + ?, days = days + ?, alarms_fired = alarms_fired + ?
                where id = ?""")) {
            update.setInt(1, machines);
            update.setInt(2, days);
            update.setInt(3, fired);
            update.setObject(4, runId);
            update.executeUpdate();
        }
    }

    /**
     * Gives one machine its days, and lets its alarms fire: history, hours and notifications are one transaction. An
     * alarm that fires on several of the days has a line in the history for each, and one notification with the count.
     */
    void accountOne(UUID runId, UUID id, LastDay lastDay) throws SQLException {
        Machine machine = entities.find(Machine.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (machine == null || !machine.accountedTo().isBefore(lastDay.in(machine.timezone()))) {
            return; // deleted, or done by somebody else, meanwhile
        }
        LocalDate last = lastDay.in(machine.timezone());
        var alarms = new LinkedHashMap<UUID, MaintenanceAlarm>();
        entities.createQuery(
                        "select a from MaintenanceAlarm a where a.machineId = :machine order by a.number",
                        MaintenanceAlarm.class)
                .setParameter("machine", id)
                .getResultList()
                .forEach(alarm -> alarms.put(alarm.id(), alarm));
        var meter = new Accumulation.Meter(
                machine.accountedTo(), machine.status() == MachineStatus.ACTIVE, machine.schedule());
        Accumulation.Outcome outcome = Accumulation.of(
                meter, alarms.values().stream().map(MaintenanceAlarm::counter).toList(), last);
        machine.account(last, outcome.hours());
        alarms.forEach((alarmId, alarm) ->
                alarm.accumulate(outcome.accumulated().getOrDefault(alarmId, alarm.accumulatedHours())));
        tell(machine, alarms, outcome.firings());
        entities.flush(); // or the run would be locked before the machine's rows are written
        try (Connection connection = dataSource.getConnection()) {
            count(connection, runId, 1, outcome.days(), outcome.firings().size());
        }
    }

    private void tell(Machine machine, Map<UUID, MaintenanceAlarm> alarms, List<Accumulation.Firing> firings) {
        if (firings.isEmpty()) {
            return;
        }
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine);
        Instant now = clock.instant();
        var latest = new LinkedHashMap<MaintenanceAlarm, Accumulation.Firing>();
        for (Accumulation.Firing firing : firings) {
            MaintenanceAlarm alarm = Objects.requireNonNull(alarms.get(firing.alarmId()));
            alarm.trigger(now);
            latest.put(alarm, firing);
            var metadata = new LinkedHashMap<String, Object>();
            metadata.put("alarmId", alarm.id());
            metadata.put("title", alarm.title());
            metadata.put("accumulatedHours", Hours.plain(firing.accumulatedHours()));
            metadata.put("intervalHours", alarm.intervalHours());
            metadata.put("day", firing.day().toString());
            history.add(machine, MachineEventType.MAINTENANCE_ALARM_TRIGGERED, null, metadata);
        }
        latest.forEach((alarm, firing) -> {
            var told = AlarmNotification.of(machine, alarm, firing.accumulatedHours(), firing.day(), now, limits);
            inboxes.values().forEach(inbox -> notifyUser.renew(inbox, told));
        });
    }
}
