package com.fleetman.admin;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Sql;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A span of time that a client asked for.
 *
 * @param from the first instant of it, null for the beginning
 * @param to the first instant after it, null for no end
 */
record Period(@Nullable Instant from, @Nullable Instant to) {
    private static final Instant LEAST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MOST = Instant.parse("9999-12-31T23:59:59Z");

    static Period of(Fields fields, @Nullable String from, @Nullable String to) {
        var period = new Period(instant(fields, "from", from), instant(fields, "to", to));
        if (period.from != null && period.to != null && period.to.isBefore(period.from)) {
            fields.reject("to", "before_from", "to must not be before from");
        }
        return period;
    }

    private static @Nullable Instant instant(Fields fields, String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(LEAST) && !instant.isAfter(MOST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // said below, in the same words as a year that nobody means
        }
        fields.reject(field, "invalid_time", field + " must be a time like 2026-11-24T08:00:00Z");
        return null;
    }

    Sql restrict(Sql query, String column) {
        if (from != null) {
            query.and(column + " >= ?", from);
        }
        return to == null ? query : query.and(column + " < ?", to);
    }
}
