package com.fleetman.fleet;

import com.fleetman.notification.NewNotification;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/** Tells those whose inboxes it is given of a handled alarm. It is only in the war of {@link MachineHistoryIT}. */
@ApplicationScoped
public class AlarmListener {
    /** An alarm that it refuses. */
    static final UUID REFUSED = UUID.fromString("0193a3a0-0000-7000-8000-00000000dead");

    static final String TYPE = "ALARM_LISTENER";

    @Inject
    NotifyUser notifyUser;

    void handled(@Observes AlarmHandled handled) {
        if (handled.alarmId().equals(REFUSED)) {
            throw Problem.conflict("refused_by_listener", "the listener refuses it");
        }
        Map<String, Object> metadata = Map.of(
                "machineId", handled.machine().id(),
                "alarmId", handled.alarmId(),
                "actorId", handled.actorId(),
                "at", handled.at());
        for (Inbox inbox : handled.inboxes().values()) {
            notifyUser.notify(inbox, NewNotification.of(TYPE, "title", "message", metadata));
        }
    }
}
