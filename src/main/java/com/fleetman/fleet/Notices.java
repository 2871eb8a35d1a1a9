package com.fleetman.fleet;

import com.fleetman.identity.User;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users are told of machines and their histories. */
final class Notices {
    private static final String SOURCE = "FLEET";
    private static final int PREVIEW = 100;

    private Notices() {}

    static NewNotification assigned(Machine machine, User owner) {
        return assignment("MACHINE_ASSIGNED", "notification.machine.assigned", machine, owner);
    }

    static NewNotification unassigned(Machine machine, User owner) {
        return assignment("MACHINE_UNASSIGNED", "notification.machine.unassigned", machine, owner);
    }

    private static NewNotification assignment(String type, String key, Machine machine, User owner) {
        Map<String, Object> metadata = about(machine);
        metadata.put("ownerId", owner.id());
        metadata.put("ownerName", owner.companyName());
        return NewNotification.of(type, key + ".title", key + ".description", metadata)
                .leadingTo("/machines/" + machine.id())
                .from(SOURCE);
    }

    /** Somebody has written something into the history. */
    static NewNotification written(Machine machine, MachineEvent event, String description, User actor) {
        String key = "notification.machine.event." + event.type().name().toLowerCase(Locale.ROOT);
        Map<String, Object> metadata = about(machine);
        metadata.put("eventId", event.id());
        metadata.put("eventType", event.type());
        metadata.put("description", preview(description));
        metadata.put("actorId", actor.id());
        metadata.put("actorName", actor.companyName());
        return NewNotification.of("MACHINE_EVENT", key + ".title", key + ".description", metadata)
                .leadingTo("/machines/" + machine.id() + "/events")
                .pressing(isPressing(event.type()) ? Priority.HIGH : Priority.NORMAL)
                .from(SOURCE);
    }

    private static boolean isPressing(MachineEventType type) {
        return type == MachineEventType.FAILURE || type == MachineEventType.INCIDENT;
    }

    private static Map<String, Object> about(Machine machine) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("machineId", machine.id());
        metadata.put("machineName", machine.serialNumber());
        metadata.put("nickname", machine.nickname());
        return metadata;
    }

    /** The first characters, never half of one that takes two UTF-16 units. */
    static String preview(String text) {
        return text.codePointCount(0, text.length()) <= PREVIEW
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PREVIEW));
    }
}
