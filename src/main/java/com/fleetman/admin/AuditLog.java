package com.fleetman.admin;

import com.fleetman.platform.Json;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The book of what administrators did. An entry is written in the transaction of what it tells, so there is no change
 * without its entry; {@link AuditCalls} adds the calls that changed nothing. Nothing takes an entry back; the table refuses
 * it.
 */
@ApplicationScoped
class AuditLog {
    private final DataSource dataSource;
    private final Clock clock;

    @Inject
    AuditLog(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Adds an entry to the caller's transaction.
     *
     * @param action what was done, {@code user.deactivate} for example
     * @param target the path of what it was done to, below {@code /api/v1/admin}
     * @param before what was there, as JSON; never a secret or what users write; null for nothing
     * @param after what is there now
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(Administrator by, String action, String target, @Nullable Object before, @Nullable Object after) {
        insert(by, action, target, before, after);
    }

    /** Adds an entry of something that is no transaction, or that was only read. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public long note(Administrator by, String action, String target, @Nullable Object after) {
        return insert(by, action, target, null, after);
    }

    private long insert(
            Administrator by, String action, String target, @Nullable Object before, @Nullable Object after) {
        by.entered().set(true);
        return Sql.of(
                        """
                        insert into audit_entry (at, actor_id, action, target, before, after, address, request_id)
                        values (?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), ?, ?) returning number""",
                        clock.instant(),
                        by.id(),
                        action,
                        target,
                        json(before),
                        json(after),
                        by.address(),
                        by.requestId())
                .one(dataSource, row -> row.getLong("number"));
    }

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }
}
