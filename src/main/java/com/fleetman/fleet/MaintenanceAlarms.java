package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.notification.Notifications;
import com.fleetman.platform.Cursor;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the alarms of a machine: its owner, its assigned provider and administrators may do all of it. */
@ApplicationScoped
@Transactional
class MaintenanceAlarms {
    private static final String KIND = "maintenance-alarms";

    private final EntityManager entities;
    private final Machines machines;
    private final History history;
    private final Notifications notifications;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    MaintenanceAlarms(
            EntityManager entities,
            Machines machines,
            History history,
            Notifications notifications,
            Settings settings,
            Clock clock) {
        this.entities = entities;
        this.machines = machines;
        this.history = history;
        this.notifications = notifications;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /**
     * The alarms of a machine, newest first.
     *
     * @throws Problem 404 {@code machine_not_found}
     */
    Page<MaintenanceAlarmView> list(
            Caller caller, UUID machineId, @Nullable String cursor, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        long before =
                Cursor.parse(KIND, 1, cursor).map(known -> known.number(0)).orElse(Long.MAX_VALUE);
        Machine machine = machines.read(caller, machineId).machine();
        List<MaintenanceAlarm> rows = entities.createQuery("""
                        select a from MaintenanceAlarm a where a.machineId = :machine and a.number < :before
                        order by a.number desc""", MaintenanceAlarm.class)
                .setParameter("machine", machine.id())
                .setParameter("before", before)
                .setMaxResults(limit + 1)
                .getResultList();
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), MaintenanceAlarm::view);
    }

    /** @throws Problem 404 {@code machine_not_found} or {@code alarm_not_found} */
    MaintenanceAlarmView get(Caller caller, UUID machineId, UUID alarmId) {
        return require(machines.read(caller, machineId).machine(), alarmId).view();
    }

    /** @throws Problem 404 {@code machine_not_found}, 409 {@code too_many_alarms} */
    MaintenanceAlarmView create(Caller caller, UUID machineId, MaintenanceAlarm.Terms terms) {
        Machine machine = machines.lock(caller, machineId).machine();
        long count = entities.createQuery(
                        "select count(a) from MaintenanceAlarm a where a.machineId = :machine", Long.class)
                .setParameter("machine", machine.id())
                .getSingleResult();
        if (count >= limits.alarmsPerMachine()) {
            throw Problem.conflict(
                    "too_many_alarms", "a machine can have at most " + limits.alarmsPerMachine() + " alarms");
        }
        Instant now = clock.instant();
        var alarm = new MaintenanceAlarm(machine.id(), terms, machine.dateAt(now), now);
        entities.persist(alarm);
        Map<String, Object> metadata = metadata(alarm);
        metadata.put("intervalHours", alarm.intervalHours());
        history.add(machine, MachineEventType.MAINTENANCE_ALARM_CREATED, caller.userId(), metadata);
        return alarm.view();
    }

    /**
     * Changes an alarm; one that is as asked for already stays as it is, without a line in the history.
     *
     * @throws Problem 404 {@code machine_not_found} or {@code alarm_not_found}, 400 {@code validation_failed}
     */
    MaintenanceAlarmView change(Caller caller, UUID machineId, UUID alarmId, MaintenanceAlarmBody changes) {
        Machine machine = machines.lock(caller, machineId).machine();
        MaintenanceAlarm alarm = require(machine, alarmId);
        MaintenanceAlarm.Terms before = alarm.terms();
        MaintenanceAlarm.Terms after = changes.change(before);
        List<String> changed = changed(before, after);
        if (!changed.isEmpty()) {
            Instant now = clock.instant();
            alarm.change(after, machine.dateAt(now), now);
            Map<String, Object> metadata = metadata(alarm);
            metadata.put("changed", changed);
            history.add(machine, MachineEventType.MAINTENANCE_ALARM_UPDATED, caller.userId(), metadata);
        }
        return alarm.view();
    }

    private static List<String> changed(MaintenanceAlarm.Terms before, MaintenanceAlarm.Terms after) {
        var changed = new ArrayList<String>();
        if (!after.title().equals(before.title())) {
            changed.add("title");
        }
        if (!Objects.equals(after.description(), before.description())) {
            changed.add("description");
        }
        if (!after.relatedParts().equals(before.relatedParts())) {
            changed.add("relatedParts");
        }
        if (after.intervalHours() != before.intervalHours()) {
            changed.add("intervalHours");
        }
        if (after.accumulatedHours().compareTo(before.accumulatedHours()) != 0) {
            changed.add("accumulatedHours");
        }
        if (after.active() != before.active()) {
            changed.add("active");
        }
        return changed;
    }

    /**
     * Takes an alarm away, and what it has told out of the unread.
     *
     * @throws Problem 404 {@code machine_not_found} or {@code alarm_not_found}
     */
    void delete(Caller caller, UUID machineId, UUID alarmId) {
        Machine machine = machines.lock(caller, machineId).machine();
        MaintenanceAlarm alarm = require(machine, alarmId);
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine);
        clear(alarm, inboxes.values());
        history.add(machine, MachineEventType.MAINTENANCE_ALARM_DELETED, caller.userId(), metadata(alarm));
        entities.remove(alarm);
    }

    /**
     * The maintenance was done: the alarm begins anew, and what it has told is read on all devices.
     *
     * @throws Problem 404 {@code machine_not_found} or {@code alarm_not_found}
     */
    MaintenanceAlarmView reset(Caller caller, UUID machineId, UUID alarmId) {
        Machine machine = machines.lock(caller, machineId).machine();
        MaintenanceAlarm alarm = require(machine, alarmId);
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine);
        Map<String, Object> metadata = metadata(alarm);
        metadata.put("accumulatedHours", Hours.plain(alarm.accumulatedHours()));
        metadata.put("pending", alarm.pending());
        history.add(machine, MachineEventType.MAINTENANCE_ALARM_RESET, caller.userId(), metadata);
        handle(machine, alarm, inboxes.values(), clock.instant());
        return alarm.view();
    }

    /**
     * A line in the history says that it was done.
     *
     * @throws Problem 404 {@code alarm_not_found}
     */
    void handled(@Observes AlarmHandled event) {
        MaintenanceAlarm alarm = require(event.machine(), event.alarmId());
        handle(event.machine(), alarm, event.inboxes().values(), event.at());
    }

    private void handle(Machine machine, MaintenanceAlarm alarm, Collection<Inbox> inboxes, Instant at) {
        alarm.handle(machine.dateAt(clock.instant()), at);
        clear(alarm, inboxes);
    }

    private void clear(MaintenanceAlarm alarm, Collection<Inbox> inboxes) {
        inboxes.forEach(inbox -> notifications.readSubject(inbox, AlarmNotification.subject(alarm)));
    }

    private MaintenanceAlarm require(Machine machine, UUID alarmId) {
        MaintenanceAlarm alarm = entities.find(MaintenanceAlarm.class, alarmId);
        if (alarm == null || !alarm.machineId().equals(machine.id())) {
            throw Problem.notFound("alarm_not_found", "this machine has no such maintenance alarm");
        }
        return alarm;
    }

    private static Map<String, Object> metadata(MaintenanceAlarm alarm) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("alarmId", alarm.id());
        metadata.put("title", alarm.title());
        return metadata;
    }
}
