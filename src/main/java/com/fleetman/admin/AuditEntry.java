package com.fleetman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log.
 *
 * @param number its place in the log
 * @param before what was there, null for nothing
 * @param after what was there then
 */
record AuditEntry(
        long number,
        Instant at,
        UUID actorId,
        String action,
        String target,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        String address,
        String requestId) {

    static AuditEntry of(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                Sql.instant(row, "at"),
                Sql.id(row, "actor_id"),
                row.getString("action"),
                row.getString("target"),
                tree(row.getString("before")),
                tree(row.getString("after")),
                row.getString("address"),
                row.getString("request_id"));
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        return json == null ? null : Json.tree(json);
    }
}
