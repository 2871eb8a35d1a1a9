package com.fleetman.fleet;

import com.fleetman.platform.Ids;
import com.fleetman.testing.Account;
import com.fleetman.testing.Rows;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine that a test has put into the database, which works eight hours every day. */
record MachineRow(UUID id) {
    static final String DAILY_HOURS = "8";

    static MachineRow of(Account owner, @Nullable Account provider, String accountedTo, String timezone) {
        UUID id = Ids.next();
        Rows.update(
                """
                insert into machine (id, owner_id, serial_number, brand, serial_key, brand_key,
                  search_key, model, nickname, status, daily_hours, operating_days, operating_hours, timezone,
                  accounted_to, created_at, updated_at)
                values (?, ?, 'SN-1', 'Liebherr', ?, 'liebherr', 'x', 'LTM 1030', 'La grande', 'ACTIVE', ?, 127, 100, ?,
                  ?, now(), now())""",
                id,
                owner.id(),
                id.toString(),
                new BigDecimal(DAILY_HOURS),
                timezone,
                LocalDate.parse(accountedTo));
        if (provider != null) {
            Rows.update("update machine set assigned_provider_id = ? where id = ?", provider.id(), id);
        }
        return new MachineRow(id);
    }

    /** Many at once, which differ in nothing; each with an alarm that is far from firing and one that fires daily. */
    static void many(int machines, Account owner, String accountedTo) {
        Rows.update("""
                insert into machine (id, owner_id, serial_number, brand, serial_key, brand_key, search_key, model, status,
                  daily_hours, operating_days, operating_hours, timezone, accounted_to, created_at, updated_at)
                select gen_random_uuid(), ?, 'x', 'x', gen_random_uuid()::text, 'x', 'x', 'x', 'ACTIVE', 8, 127, 0, 'UTC',
                  ?, now(), now() from generate_series(1, ?)""", owner.id(), LocalDate.parse(accountedTo), machines);
        alarms("machine", 1_000);
        // One in a hundred has something to tell.
        alarms("(select id from machine order by id limit " + machines / 100 + ")", 8);
    }

    private static void alarms(String machines, int interval) {
        Rows.update("""
                insert into maintenance_alarm (id, machine_id, title, related_parts, interval_hours, accumulated_hours,
                  active, times_triggered, pending, counts_from, created_at, updated_at)
                select gen_random_uuid(), m.id, 'Aceite', '[]', ?, 0, true, 0, 0, date '2020-01-01', now(), now()
                from""" + " " + machines + " m", interval);
    }

    /** Lets an alarm that was made today count earlier days. */
    static void countFromLongAgo() {
        Rows.update("update maintenance_alarm set counts_from = date '2020-01-01'");
    }

    String path() {
        return "machines/" + id + "/maintenance-alarms";
    }

    String text(String column) {
        return String.valueOf(Rows.texts("select " + column + " from machine where id = ?", id)
                .get(0));
    }

    /** The types of the lines of its history, in their order. */
    List<@Nullable String> history() {
        return Rows.texts("select type from machine_event where machine_id = ? order by number", id);
    }
}
