package com.fleetman.fleet;

import com.fleetman.platform.Fields;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a machine works: so many hours on each of these days of the week.
 *
 * @param dailyHours 0 to 24, to the hundredth
 * @param operatingDays in the order of the week, Monday first (ISO 8601)
 */
record UsageSchedule(BigDecimal dailyHours, List<DayOfWeek> operatingDays) {
    private static final BigDecimal DAY = new BigDecimal(24);

    UsageSchedule {
        operatingDays = List.copyOf(operatingDays);
    }

    /** As it is sent. */
    record Body(@Nullable BigDecimal dailyHours, @Nullable List<@Nullable String> operatingDays) {}

    /** The schedule, or a stand-in where a field was rejected. */
    static UsageSchedule check(Fields fields, @Nullable Body body) {
        if (body == null) {
            fields.reject("usageSchedule", "required", "usageSchedule is required");
            return new UsageSchedule(BigDecimal.ZERO, List.of());
        }
        BigDecimal hours = Hours.check(fields, "usageSchedule.dailyHours", body.dailyHours(), DAY);
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<@Nullable String> names = body.operatingDays();
        if (names == null) {
            fields.reject("usageSchedule.operatingDays", "required", "usageSchedule.operatingDays is required");
            names = List.of();
        }
        for (int i = 0; i < names.size(); i++) {
            String field = "usageSchedule.operatingDays." + i;
            DayOfWeek day = fields.oneOf(field, names.get(i), DayOfWeek.class, null);
            if (day != null && !days.add(day)) {
                fields.reject(field, "duplicate", field + " repeats " + day);
            }
        }
        return new UsageSchedule(hours, new ArrayList<>(days));
    }

    boolean isOperatingDay(LocalDate day) {
        return operatingDays.contains(day.getDayOfWeek());
    }

    /** Bit 0 is Monday. */
    short mask() {
        int mask = 0;
        for (DayOfWeek day : operatingDays) {
            mask |= 1 << (day.getValue() - 1);
        }
        return (short) mask;
    }

    static UsageSchedule of(BigDecimal dailyHours, short mask) {
        List<DayOfWeek> days = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if ((mask & 1 << (day.getValue() - 1)) != 0) {
                days.add(day);
            }
        }
        return new UsageSchedule(Hours.plain(dailyHours), days);
    }
}
