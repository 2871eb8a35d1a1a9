package com.fleetman.notification;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The types of notifications that a user has muted. What is muted is made, logged and counted as everything else; it is
 * for devices not to draw attention to it. Every change is an event for all devices.
 */
@ApplicationScoped
@Transactional
public class Mutes {
    private final DataSource dataSource;
    private final UserLog log;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    Mutes(DataSource dataSource, UserLog log, Settings settings, Clock clock) {
        this.dataSource = dataSource;
        this.log = log;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /** What the user has muted, by type. */
    List<Mute> of(UUID userId) {
        return Sql.of("select type, since from notification_mute where user_id = ? order by type", userId)
                .list(dataSource, row -> new Mute(row.getString("type"), Sql.instant(row, "since")));
    }

    /**
     * Mutes a type from now on; one that is muted stays as it is.
     *
     * @return all that is muted now
     * @throws Problem 409 {@code too_many_mutes}
     */
    List<Mute> mute(UUID userId, String type) {
        Inbox inbox = log.lock(userId);
        List<Mute> before = of(userId);
        if (before.stream().anyMatch(mute -> mute.type().equals(type))) {
            return before;
        }
        if (before.size() >= limits.mutes()) {
            throw Problem.conflict("too_many_mutes", "at most " + limits.mutes() + " types can be muted");
        }
        Sql.of("insert into notification_mute (user_id, type, since) values (?, ?, ?)", userId, type, clock.instant())
                .update(dataSource);
        return told(inbox);
    }

    /** Takes a mute away, if there is one; answers all that is muted then. */
    List<Mute> unmute(UUID userId, String type) {
        Inbox inbox = log.lock(userId);
        int gone = Sql.of("delete from notification_mute where user_id = ? and type = ?", userId, type)
                .update(dataSource);
        return gone == 0 ? of(userId) : told(inbox);
    }

    private List<Mute> told(Inbox inbox) {
        List<Mute> now = of(inbox.userId());
        log.append(inbox, new MutesChanged(now));
        return now;
    }
}
