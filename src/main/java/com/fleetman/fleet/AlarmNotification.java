package com.fleetman.fleet;

import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Json;
import com.fleetman.platform.Settings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an alarm that has fired tells. */
final class AlarmNotification {
    private static final String DESCRIPTION = "description";
    private static final String PARTS = "relatedParts";

    private AlarmNotification() {}

    /** What the notifications of an alarm are about; its place is how often the alarm has fired. */
    static NewNotification.Subject subject(MaintenanceAlarm alarm) {
        return new NewNotification.Subject(name(alarm), alarm.timesTriggered());
    }

    private static String name(MaintenanceAlarm alarm) {
        return "alarm:" + alarm.id();
    }

    /**
     * @param alarm as it is after it has fired
     * @param accumulatedHours what it had come to
     * @param day the day with which it did
     */
    static NewNotification of(
            Machine machine,
            MaintenanceAlarm alarm,
            BigDecimal accumulatedHours,
            LocalDate day,
            Instant now,
            Settings.Limits limits) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("machineId", machine.id());
        metadata.put("machineName", machine.serialNumber());
        metadata.put("alarmType", alarm.title());
        metadata.put("alarmId", alarm.id());
        metadata.put("nickname", machine.nickname());
        metadata.put("count", alarm.pending());
        metadata.put("intervalHours", alarm.intervalHours());
        metadata.put("accumulatedHours", Hours.plain(accumulatedHours));
        metadata.put("lastTriggeredAt", now);
        metadata.put("day", day.toString());
        String description = alarm.description();
        if (description != null) {
            metadata.put(DESCRIPTION, description);
        }
        metadata.put(PARTS, alarm.relatedParts());
        return NewNotification.of(
                        "MAINTENANCE_ALERT",
                        "notification.maintenance.alert.title",
                        "notification.maintenance.alert.description",
                        fitting(metadata, alarm.relatedParts(), limits.metadataBytes()))
                .leadingTo("/machines/" + machine.id())
                .pressing(Priority.HIGH)
                .from("MAINTENANCE")
                .once(name(alarm))
                .about(subject(alarm));
    }

    /**
     * Leaves out what is too much, so that no alarm can stop a run: the last parts first, then the end of the description,
     * then, under a very small limit, whole values from the last to the first.
     */
    static Map<String, Object> fitting(Map<String, Object> metadata, List<String> parts, int bytes) {
        var fitting = new LinkedHashMap<>(metadata);
        var kept = new ArrayList<>(parts);
        while (size(fitting) > bytes && !kept.isEmpty()) {
            kept.remove(kept.size() - 1);
            fitting.put(PARTS, List.copyOf(kept));
        }
        while (size(fitting) > bytes && fitting.get(DESCRIPTION) instanceof String text && !text.isEmpty()) {
            int characters = text.codePointCount(0, text.length()) / 2;
            fitting.put(DESCRIPTION, text.substring(0, text.offsetByCodePoints(0, characters)));
        }
        while (size(fitting) > bytes) {
            fitting.pollLastEntry();
        }
        return fitting;
    }

    private static int size(Map<String, Object> metadata) {
        return Json.write(metadata).getBytes(StandardCharsets.UTF_8).length;
    }
}
