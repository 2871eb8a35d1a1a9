package com.fleetman.notification;

import com.fleetman.identity.User;
import com.fleetman.identity.UserType;
import com.fleetman.stream.Announcements;
import com.fleetman.stream.Counts;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Makes the copies of announcements: for one user with what else happens under the user's lock, and for many connected
 * users at once in a few statements.
 */
@ApplicationScoped
class CopyAnnouncements implements Announcements {
    private final EntityManager entities;
    private final UserLog log;
    private final DataSource dataSource;
    private final Clock clock;

    @Inject
    CopyAnnouncements(EntityManager entities, UserLog log, DataSource dataSource, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Override
    public void settle(Inbox inbox) {
        List<Announcement> missing = entities.createQuery(
                        "select a from Announcement a where a.number > :last order by a.number", Announcement.class)
                .setParameter("last", inbox.announced())
                .getResultList();
        UserType type = entities.find(User.class, inbox.userId()).type();
        for (Announcement announcement : missing) {
            inbox.hasBeenTold(announcement.number());
            if (announcement.isFor(type)) {
                Notification copy = announcement.copy(inbox.userId(), inbox.nextSeq());
                entities.persist(copy);
                inbox.addUnreadNotifications(1);
                Counts counts = inbox.counts();
                log.append(inbox, new NotificationCreated(copy.view(), counts.notifications(), counts));
            }
        }
    }

    @Override
    public long newest() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select coalesce(max(number), 0) from announcement");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public List<Copy> settle(Collection<UUID> userIds) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var copies = new AnnouncementCopies(connection, clock.instant());
                copies.make(userIds);
                connection.commit();
                return copies.made();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
