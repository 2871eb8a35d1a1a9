package com.fleetman.admin;

import com.fleetman.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that an administrator sends, and how far it has come.
 *
 * @param id null for a dry run
 * @param dryRun whether nothing was sent
 * @param recipients how many there were at its start
 * @param sent how many have been told; in the end fewer than the recipients if some were deactivated meanwhile
 * @param finishedAt null while it goes on
 */
record MailingView(
        @Nullable UUID id,
        boolean dryRun,
        int recipients,
        int sent,
        @Nullable UUID actorId,
        @Nullable String type,
        @Nullable Instant createdAt,
        @Nullable Instant finishedAt) {

    static MailingView dry(int recipients) {
        return new MailingView(null, true, recipients, 0, null, null, null, null);
    }

    static MailingView of(ResultSet row) throws SQLException {
        return new MailingView(
                Sql.id(row, "id"),
                false,
                row.getInt("recipients"),
                row.getInt("sent"),
                Sql.id(row, "actor_id"),
                row.getString("type"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "finished_at"));
    }
}
