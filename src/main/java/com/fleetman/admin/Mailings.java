package com.fleetman.admin;

import com.fleetman.identity.ActiveUsers;
import com.fleetman.identity.UserType;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Cursor;
import com.fleetman.platform.Json;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Notifications to many, in chunks: each is one transaction that tells some users and notes how far it has come, so that
 * whatever happens between two of them, every user is told exactly once.
 */
@ApplicationScoped
@Transactional
class Mailings {
    private static final String KIND = "mailings";
    private static final int CHUNK = 200;
    private static final String VIEW = "select *, content ->> 'type' as type from mailing where true";

    private final DataSource dataSource;
    private final ActiveUsers users;
    private final UserLog log;
    private final NotifyUser notifyUser;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    Mailings(
            DataSource dataSource,
            ActiveUsers users,
            UserLog log,
            NotifyUser notifyUser,
            Settings settings,
            Clock clock) {
        this.dataSource = dataSource;
        this.users = users;
        this.log = log;
        this.notifyUser = notifyUser;
        this.limits = settings.limits();
        this.clock = clock;
    }

    private record Standing(UUID id, Audience audience, MailingContent content, UUID afterId) {
        static Standing of(ResultSet row) throws SQLException {
            String role = row.getString("role");
            Array listed = row.getArray("user_ids");
            return new Standing(
                    Sql.id(row, "id"),
                    new Audience(
                            Audience.Kind.valueOf(row.getString("audience")),
                            role == null ? null : UserType.valueOf(role),
                            listed == null ? null : List.of((UUID[]) listed.getArray()),
                            Sql.instant(row, "created_at")),
                    Json.read(row.getString("content"), MailingContent.class),
                    Sql.id(row, "after_id"));
        }
    }

    /**
     * Tells the next chunk, if nobody else is at this mailing.
     *
     * @return whether it goes on; false when it is finished, or in other hands
     */
    public boolean tellSome(UUID id) {
        Optional<Standing> taken = Sql.of(
                        "select * from mailing where id = ? and finished_at is null for update skip locked", id)
                .first(dataSource, Standing::of);
        if (taken.isEmpty()) {
            return false;
        }
        Standing mailing = taken.get();
        List<UUID> next = mailing.audience().after(users, mailing.afterId(), CHUNK);
        NewNotification told = mailing.content().notification();
        log.lock(next).values().forEach(inbox -> notifyUser.notify(inbox, told));
        Instant now = clock.instant();
        boolean more = next.size() == CHUNK;
        Sql.of(
                        "update mailing set sent = sent + ?, after_id = ?, touched_at = ?, finished_at = ? where id = ?",
                        next.size(),
                        next.isEmpty() ? mailing.afterId() : next.get(next.size() - 1),
                        now,
                        more ? null : now,
                        id)
                .update(dataSource);
        return more;
    }

    /** Mailings that nobody has gone on with for a time: their node is gone, or has left them to others. */
    public List<UUID> left(Duration alone) {
        return Sql.of(
                        "select id from mailing where finished_at is null and touched_at <= ? order by touched_at limit 10",
                        clock.instant().minus(alone))
                .list(dataSource, row -> Sql.id(row, "id"));
    }

    /** @throws Problem 404 {@code mailing_not_found} */
    public MailingView get(UUID id) {
        return Sql.of(VIEW)
                .and("id = ?", id)
                .first(dataSource, MailingView::of)
                .orElseThrow(() -> Problem.notFound("mailing_not_found", "no such notification was sent"));
    }

    /** The newest first. */
    public Page<MailingView> list(@Nullable String cursorText, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        Sql query = Sql.of(VIEW);
        Cursor.parse(KIND, 1, cursorText).ifPresent(cursor -> query.and("number < ?", cursor.number(0)));
        record Numbered(long number, MailingView view) {}
        List<Numbered> rows = query.then(" order by number desc limit ?", limit + 1)
                .list(dataSource, row -> new Numbered(row.getLong("number"), MailingView.of(row)));
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), Numbered::view);
    }
}
