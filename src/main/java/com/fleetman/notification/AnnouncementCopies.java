package com.fleetman.notification;

import com.fleetman.identity.UserType;
import com.fleetman.platform.Json;
import com.fleetman.stream.Announcements.Copy;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UserEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The copies of many users in one transaction and a handful of statements, whatever the number of users. The same rows
 * come of it as of {@link CopyAnnouncements} for one user.
 */
final class AnnouncementCopies {
    private final Connection connection;
    private final Instant now;
    private final List<Announcement> announcements = new ArrayList<>();
    private final List<Copy> made = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();

    /** @param connection in a transaction, which the caller ends */
    AnnouncementCopies(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    private record Head(UUID userId, long announced, long lastSeq, int notifications, int messages, UserType type) {}

    List<Copy> made() {
        return made;
    }

    void make(Collection<UUID> userIds) throws SQLException {
        List<Head> behind = lock(userIds);
        if (behind.isEmpty()) {
            return;
        }
        read(behind.stream().mapToLong(Head::announced).min().orElseThrow());
        var after = new ArrayList<Head>();
        behind.forEach(head -> after.add(copy(head)));
        insert();
        update(after);
    }

    /** In user-id order, like everybody who takes several inboxes. */
    private List<Head> lock(Collection<UUID> userIds) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select i.user_id, i.announced, i.last_seq, i.unread_notifications, i.unread_messages, u.type
                from inbox i join app_user u on u.id = i.user_id
                where i.user_id = any(?) and i.announced < (select max(number) from announcement)
                order by i.user_id for no key update of i""")) {
            query.setArray(1, connection.createArrayOf("uuid", userIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                var heads = new ArrayList<Head>();
                while (row.next()) {
                    heads.add(new Head(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            UserType.valueOf(row.getString(6))));
                }
                return heads;
            }
        }
    }

    private void read(long after) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select number, audience, type, title, message, metadata, action_url, priority, source, created_at
                from announcement where number > ? order by number""")) {
            query.setLong(1, after);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    announcements.add(announcement(row));
                }
            }
        }
    }

    private static Announcement announcement(ResultSet row) throws SQLException {
        String audience = row.getString("audience");
        var told = new NewNotification(
                row.getString("type"),
                row.getString("title"),
                row.getString("message"),
                java.util.Map.of(),
                row.getString("action_url"),
                Priority.valueOf(row.getString("priority")),
                row.getString("source"),
                null,
                null);
        return new Announcement(
                row.getLong("number"),
                audience == null ? null : UserType.valueOf(audience),
                told,
                row.getString("metadata"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** Notes the copies that one user needs, and answers how the user's inbox is after them. */
    private Head copy(Head before) {
        long announced = before.announced();
        long seq = before.lastSeq();
        int unread = before.notifications();
        for (Announcement announcement : announcements) {
            if (announcement.number() > before.announced()) {
                announced = announcement.number();
                if (announcement.isFor(before.type())) {
                    seq++;
                    unread++;
                    Notification copy = announcement.copy(before.userId(), seq);
                    var event = new NotificationCreated(copy.view(), unread, new Counts(unread, before.messages()));
                    ids.add(copy.id());
                    numbers.add(announced);
                    made.add(new Copy(before.userId(), seq, UserEvent.DEFAULT, Json.write(event)));
                }
            }
        }
        return new Head(before.userId(), announced, seq, unread, before.messages(), before.type());
    }

    private void insert() throws SQLException {
        Object[] users = made.stream().map(Copy::userId).toArray();
        Object[] seqs = made.stream().map(Copy::seq).toArray();
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into notification (id, user_id, seq, type, title, message, metadata, action_url, priority, source,
                  created_at)
                select c.id, c.user_id, c.seq, a.type, a.title, a.message, a.metadata, a.action_url, a.priority, a.source,
                  a.created_at
                from unnest(?, ?, ?, ?) c (id, user_id, seq, number) join announcement a on a.number = c.number""")) {
            insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            insert.setArray(2, connection.createArrayOf("uuid", users));
            insert.setArray(3, connection.createArrayOf("bigint", seqs));
            insert.setArray(4, connection.createArrayOf("bigint", numbers.toArray()));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into user_event (user_id, seq, name, data, created_at)
                select c.user_id, c.seq, ?, c.data, ? from unnest(?, ?, ?) c (user_id, seq, data)""")) {
            insert.setString(1, UserEvent.DEFAULT);
            insert.setTimestamp(2, Timestamp.from(now));
            insert.setArray(3, connection.createArrayOf("uuid", users));
            insert.setArray(4, connection.createArrayOf("bigint", seqs));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "text", made.stream().map(Copy::data).toArray()));
            insert.executeUpdate();
        }
    }

    private void update(List<Head> heads) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update inbox i set announced = h.announced, last_seq = h.last_seq, unread_notifications = h.unread
                from unnest(?, ?, ?, ?) h (user_id, announced, last_seq, unread) where i.user_id = h.user_id""")) {
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", heads.stream().map(Head::userId).toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", heads.stream().map(Head::announced).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", heads.stream().map(Head::lastSeq).toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "integer", heads.stream().map(Head::notifications).toArray()));
            update.executeUpdate();
        }
    }
}
