package com.fleetman.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event {@code notification-state}: notifications were seen, read, made unread, archived or deleted on some device.
 *
 * @param change the code of a {@link StateChange}, or {@code deleted}
 * @param all whether it holds for every notification that was unread before this event; {@code ids} is empty then
 */
record NotificationState(
        String change,
        boolean all,
        List<UUID> ids,
        @Nullable Instant seenAt,
        @Nullable Instant readAt,
        @Nullable Instant archivedAt,
        Counts counts)
        implements UserEvent {
    static NotificationState of(StateChange change, NotificationView after, Counts counts) {
        return new NotificationState(
                change.code(), false, List.of(after.id()), after.seenAt(), after.readAt(), after.archivedAt(), counts);
    }

    static NotificationState read(List<UUID> ids, Instant now, Counts counts) {
        return new NotificationState(StateChange.READ.code(), false, ids, now, now, null, counts);
    }

    static NotificationState allRead(Instant now, Counts counts) {
        return new NotificationState(StateChange.READ.code(), true, List.of(), now, now, null, counts);
    }

    static NotificationState deleted(UUID id, Counts counts) {
        return new NotificationState("deleted", false, List.of(id), null, null, null, counts);
    }

    @JsonIgnore
    @Override
    public String eventName() {
        return "notification-state";
    }
}
