package com.fleetman.admin;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, the newest entry first; for an export in the order in which it was written. */
@ApplicationScoped
class ReadAuditLog {
    private static final String KIND = "audit";
    private static final int LONGEST = 200;
    private static final int CHUNK = 500;

    private final DataSource dataSource;
    private final Settings.Limits limits;

    @Inject
    ReadAuditLog(DataSource dataSource, Settings settings) {
        this.dataSource = dataSource;
        this.limits = settings.limits();
    }

    /** What was done, as against only read or refused. */
    enum Kind {
        DONE("action <> '" + AuditCalls.READ + "' and action <> '" + AuditCalls.REJECTED + "'"),
        READ("action = '" + AuditCalls.READ + "'"),
        REJECTED("action = '" + AuditCalls.REJECTED + "'");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }
    }

    /** The query parameters of {@code GET /admin/audit}, as they were sent. */
    record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String target,
            @Nullable String kind,
            @Nullable String from,
            @Nullable String to) {

        /** @throws com.fleetman.platform.Problem 400 {@code validation_failed} or {@code invalid_uuid} */
        Checked checked() {
            var fields = new Fields();
            Optional<String> what = fields.optional("action", action, LONGEST);
            Optional<String> whom = fields.optional("target", target, LONGEST);
            Kind which = kind == null ? null : fields.oneOf("kind", kind, Kind.class, null);
            Period when = Period.of(fields, from, to);
            fields.check();
            return new Checked(
                    actor == null ? null : Ids.parse("actor", actor),
                    what.orElse(null),
                    whom.orElse(null),
                    which,
                    when);
        }
    }

    record Checked(
            @Nullable UUID actor,
            @Nullable String action,
            @Nullable String target,
            @Nullable Kind kind,
            Period period) {

        private Sql query() {
            Sql query = period.restrict(Sql.of("select * from audit_entry where true"), "at");
            if (actor != null) {
                query.and("actor_id = ?", actor);
            }
            if (action != null) {
                query.and("action = ?", action);
            }
            if (kind != null) {
                query.and(kind.condition);
            }
            return target == null ? query : query.and("target = ?", target);
        }
    }

    Page<AuditEntry> page(Filter filter, @Nullable String cursor, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        Optional<Cursor> after = Cursor.parse(KIND, 1, cursor);
        Sql query = filter.checked().query();
        after.ifPresent(last -> query.and("number < ?", last.number(0)));
        List<AuditEntry> rows =
                query.then(" order by number desc limit ?", limit + 1).list(dataSource, AuditEntry::of);
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.number()), entry -> entry);
    }

    /** The next entries between two numbers, both of them excluded; none at the end. */
    List<AuditEntry> chunk(Checked filter, long after, long before) {
        return filter.query()
                .and("number > ? and number < ?", after, before)
                .then(" order by number limit ?", CHUNK)
                .list(dataSource, AuditEntry::of);
    }
}
