package com.fleetman.fleet;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the fields of a machine must be like, whoever sends them and what for. */
final class MachineFields {
    private static final int LONGEST_NAME = 100;

    private MachineFields() {}

    /** Serial number, brand, model or nickname: 1 to 100 characters. */
    static String name(Fields fields, String field, @Nullable String value) {
        return fields.trimmed(field, value, LONGEST_NAME);
    }

    /** The nickname, null for none. */
    static @Nullable String nickname(Fields fields, @Nullable String value) {
        return value == null ? null : name(fields, "nickname", value);
    }

    /** What the meter of the machine shows. */
    static BigDecimal operatingHours(Fields fields, @Nullable BigDecimal value) {
        return Hours.check(fields, "operatingHours", value, Hours.MOST);
    }

    /** A region of the IANA time zone database by its exact name; an offset is none, it knows no daylight saving. */
    static ZoneId timezone(Fields fields, @Nullable String value) {
        if (value == null) {
            fields.reject("timezone", "required", "timezone is required");
        } else if (ZoneId.getAvailableZoneIds().contains(value)) {
            return ZoneId.of(value);
        } else {
            fields.reject(
                    "timezone", "unknown_timezone", "timezone must be an IANA time zone name like America/New_York");
        }
        return ZoneOffset.UTC;
    }

    /** The id of a user or a thing; empty where it is absent or wrong. */
    static Optional<UUID> id(Fields fields, String field, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Ids.parse(field, value));
        } catch (Problem invalid) {
            fields.reject(field, invalid.code(), invalid.detail());
            return Optional.empty();
        }
    }
}
