package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import com.fleetman.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daily run: exactly once for each machine and day, whatever happens. */
@InContainer(probes = true)
class DailyRunIT {
    /** The number by which nodes elect the one that runs. */
    private static final long LOCK = 0x666c656574_02L;

    private static final String SCHEDULED = "2026-01-01T00:00:00Z";
    private static final String DUE = "select count(*) from maintenance_run where scheduled_for = timestamptz '"
            + SCHEDULED + "' and finished_at is not null";

    private final Account owner = Account.register(Node.first(), "Grúas Ñandú");
    private final Account provider = Account.register(Node.first(), "Taller", "PROVIDER");
    private final Account admin = MaintenanceAlarmIT.administrator();

    @BeforeEach
    void onlyMachinesOfThisTest() {
        awaitScheduledRun();
        Rows.update("delete from machine");
    }

    /** The one that nobody asked for: each node looks whether one is due when it has started. */
    private static void awaitScheduledRun() {
        await("the scheduled run").atMost(Duration.ofMinutes(3)).until(() -> Rows.number(DUE) == 1);
    }

    private JsonNode run(String date) {
        return admin.post("admin/maintenance/runs", Map.of("date", date)).data();
    }

    private JsonNode alarm(MachineRow machine, Map<String, ?> body) {
        JsonNode alarm = owner.post(machine.path(), body).data();
        MachineRow.countFromLongAgo();
        return alarm;
    }

    private JsonNode read(MachineRow machine, JsonNode alarm) {
        return owner.get(machine.path() + "/" + alarm.get("id").textValue()).data();
    }

    private static EventStream.Event alert(EventStream stream) {
        return stream.await("alert", event -> event.text().contains("MAINTENANCE_ALERT"));
    }

    @Test
    void anAlarmThatFiresIsToldToOwnerAndProviderAtOnceAndTheSecondTimeAnew() {
        MachineRow machine = MachineRow.of(owner, provider, "2026-03-01", "Europe/Madrid");
        JsonNode alarm = alarm(
                machine,
                Map.of(
                        "title",
                        "Aceite",
                        "description",
                        "Cambiar el aceite 🛢",
                        "relatedParts",
                        List.of("filtro"),
                        "intervalHours",
                        24,
                        "accumulatedHours",
                        16.25));
        try (EventStream phone = EventStream.open(owner).awaitConnected();
                EventStream workshop = EventStream.open(provider).awaitConnected()) {
            JsonNode done = run("2026-03-02");

            assertThat(done.get("date").textValue()).isEqualTo("2026-03-02");
            assertThat(done.get("machines").intValue()).isEqualTo(1);
            assertThat(done.get("days").intValue()).isEqualTo(1);
            assertThat(done.get("alarmsFired").intValue()).isEqualTo(1);
            assertThat(done.get("startedAt").textValue())
                    .isLessThanOrEqualTo(done.get("finishedAt").textValue());
            JsonNode after = read(machine, alarm);
            assertThat(after.get("accumulatedHours").intValue()).isZero();
            assertThat(after.get("timesTriggered").intValue()).isEqualTo(1);
            assertThat(after.get("pending").intValue()).isEqualTo(1);
            JsonNode metadata = Json.tree("""
                    {"machineId":"%s","machineName":"SN-1","alarmType":"Aceite","alarmId":"%s","nickname":"La grande",
                    "description":"Cambiar el aceite 🛢","relatedParts":["filtro"],"intervalHours":24,
                    "accumulatedHours":24.25,"count":1,"lastTriggeredAt":"%s","day":"2026-03-02"}""".formatted(
                            machine.id(),
                            alarm.get("id").textValue(),
                            after.get("lastTriggeredAt").textValue()));
            for (EventStream device : List.of(phone, workshop)) {
                Account user = device.equals(phone) ? owner : provider;
                JsonNode told = alert(device).data();
                assertThat(told).isEqualTo(Json.tree("""
                        {"id":"%s","userId":"%s","type":"MAINTENANCE_ALERT",
                        "title":"notification.maintenance.alert.title",
                        "message":"notification.maintenance.alert.description","metadata":%s,
                        "actionUrl":"/machines/%s","priority":"HIGH","source":"MAINTENANCE","createdAt":"%s",
                        "seenAt":null,"readAt":null,"archivedAt":null,"count":1,
                        "counts":{"notifications":1,"messages":0}}""".formatted(
                                told.get("id").textValue(),
                                user.id(),
                                metadata,
                                machine.id(),
                                told.get("createdAt").textValue())));
            }
            assertThat(machine.history()).containsExactly("MAINTENANCE_ALARM_CREATED", "MAINTENANCE_ALARM_TRIGGERED");
            assertThat(Rows.texts(
                            "select (actor_id is null and system_generated) || ' ' || metadata from machine_event where"
                                    + " machine_id = ? and type = 'MAINTENANCE_ALARM_TRIGGERED'",
                            machine.id()))
                    .first()
                    .asString()
                    .startsWith("true {")
                    .contains("\"day\": \"2026-03-02\"", "\"accumulatedHours\": 24.25", "\"intervalHours\": 24");

            String id = alert(phone).data().get("id").textValue();
            owner.patch("notifications/" + id, Map.of("state", "seen")).data();
            assertThat(run("2026-03-05").get("alarmsFired").intValue()).isEqualTo(1);

            for (EventStream device : List.of(phone, workshop)) {
                EventStream.Event event = device.awaitNamed("notification-updated");
                assertThat(event.id()).isNotNull();
                JsonNode told = event.data();
                assertThat(told.get("id")).isEqualTo(alert(device).data().get("id"));
                assertThat(told.get("createdAt")).isEqualTo(alert(device).data().get("createdAt"));
                assertThat(told.get("metadata").get("count").intValue()).isEqualTo(2);
                assertThat(told.get("metadata").get("day").textValue()).isEqualTo("2026-03-05");
                assertThat(told.get("seenAt").isNull()).isTrue();
                assertThat(told.get("count").intValue()).isEqualTo(1);
                assertThat(told.get("counts").get("notifications").intValue()).isEqualTo(1);
            }
            assertThat(owner.get("notifications").data().get("items")).hasSize(1);
        }
    }

    @Test
    void oneThatWasReadIsNotLiveAndAnotherIsMade() {
        MachineRow machine = MachineRow.of(owner, null, "2026-03-01", "UTC");
        alarm(machine, Map.of("title", "Aceite", "intervalHours", 8));
        run("2026-03-02");
        owner.post("notifications/read-all", null).data();

        run("2026-03-03");

        JsonNode items = owner.get("notifications").data().get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("metadata").get("count").intValue())
                .as("it has not been handled")
                .isEqualTo(2);
    }

    @Test
    void aSecondRunOfTheSameDayChangesNothing() {
        MachineRow machine = MachineRow.of(owner, provider, "2026-03-01", "UTC");
        JsonNode alarm = alarm(machine, Map.of("title", "Aceite", "intervalHours", 8));
        run("2026-03-02");
        JsonNode before = read(machine, alarm);
        String version = machine.text("version");

        for (String date : List.of("2026-03-02", "2026-03-01", "2020-02-29")) {
            JsonNode again = run(date);

            assertThat(again.get("machines").intValue()).isZero();
            assertThat(again.get("days").intValue()).isZero();
            assertThat(again.get("alarmsFired").intValue()).isZero();
        }
        assertThat(read(machine, alarm)).isEqualTo(before);
        assertThat(machine.text("operating_hours")).isEqualTo("108.00");
        assertThat(machine.text("version")).isEqualTo(version);
        assertThat(machine.history()).hasSize(2);
    }

    @Test
    void missedDaysAreMadeUpForButNoMoreThan31() {
        MachineRow machine = MachineRow.of(owner, provider, "2026-02-26", "UTC");
        MachineRow longGone = MachineRow.of(owner, provider, "2025-02-26", "UTC");
        MachineRow idle = MachineRow.of(owner, provider, "2026-02-26", "UTC");
        Rows.update("update machine set status = 'OUT_OF_SERVICE' where id = ?", idle.id());
        JsonNode alarm = alarm(machine, Map.of("title", "Aceite", "intervalHours", 16));
        JsonNode quiet = alarm(longGone, Map.of("title", "Aceite", "intervalHours", 1_000));

        JsonNode done = run("2026-03-03");

        assertThat(done.get("machines").intValue()).isEqualTo(3);
        assertThat(done.get("days").intValue()).isEqualTo(5 + 31 + 5);
        assertThat(done.get("alarmsFired").intValue()).isEqualTo(2);
        assertThat(machine.text("operating_hours")).isEqualTo("140.00");
        assertThat(read(machine, alarm).get("pending").intValue()).isEqualTo(2);
        assertThat(read(machine, alarm).get("accumulatedHours").intValue()).isEqualTo(8);
        assertThat(Rows.texts(
                        "select metadata ->> 'day' from machine_event where machine_id = ? and type ="
                                + " 'MAINTENANCE_ALARM_TRIGGERED' order by number",
                        machine.id()))
                .containsExactly("2026-02-28", "2026-03-02");
        JsonNode told = owner.get("notifications").data().get("items");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).get("metadata").get("count").intValue()).isEqualTo(2);
        assertThat(longGone.text("operating_hours")).isEqualTo("348.00");
        assertThat(read(longGone, quiet).get("accumulatedHours").intValue()).isEqualTo(248);
        assertThat(longGone.text("version")).as("what ETag says").isEqualTo("1");
        assertThat(idle.text("operating_hours")).isEqualTo("100.00");
        assertThat(List.of(machine, longGone, idle))
                .allMatch(row -> row.text("accounted_to").equals("2026-03-03"));
    }

    @Test
    void theScheduledRunAddsTheYesterdayOfEachTimeZone() {
        MachineRow east = MachineRow.of(owner, null, "2031-11-20", "Pacific/Kiritimati");
        MachineRow west = MachineRow.of(owner, null, "2031-11-20", "Pacific/Pago_Pago");
        MachineRow unknown = MachineRow.of(owner, null, "2031-11-20", "Mars/Olympus");

        assertThat(due(Node.first(), "2031-11-24T02:00:00Z")).isTrue();

        assertThat(east.text("accounted_to")).isEqualTo("2031-11-23");
        assertThat(east.text("operating_hours")).isEqualTo("124.00");
        assertThat(west.text("accounted_to")).isEqualTo("2031-11-22");
        assertThat(west.text("operating_hours")).isEqualTo("116.00");
        assertThat(unknown.text("accounted_to")).as("it stops nobody").isEqualTo("2031-11-20");
        Rows.update("update machine set accounted_to = date '2031-11-20'");
        assertThat(due(Node.first(), "2031-12-24T02:00:00Z"))
                .as("this time of the schedule is done")
                .isTrue();
        assertThat(east.text("operating_hours")).isEqualTo("124.00");
    }

    private static boolean due(Node node, String now) {
        return Account.exchange(node, "POST", "test/maintenance/due/" + now, null)
                .data()
                .booleanValue();
    }

    @Test
    void twoNodesAtOnceGiveEachDayOnce() throws SQLException {
        startSecond();
        MachineRow.many(1_200, owner, "2026-03-01");
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                Connection holder = TestDatabase.connect()) {
            // Both must be at work before either can begin to write.
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("select 1 from machine order by id limit 1 for update");
            }
            var both = List.of(Node.first(), Node.second()).stream()
                    .map(node -> CompletableFuture.supplyAsync(
                            () -> Account.exchange(node, "POST", "test/maintenance/unelected/2026-03-03", null)
                                    .data(),
                            threads))
                    .toList();
            await().until(() ->
                    Rows.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 2);
            holder.commit();

            int machines = both.stream()
                    .mapToInt(answer -> answer.join().get("machines").intValue())
                    .sum();
            int fired = both.stream()
                    .mapToInt(answer -> answer.join().get("alarmsFired").intValue())
                    .sum();

            assertThat(machines).isEqualTo(1_200);
            assertThat(fired).isEqualTo(24);
        }
        assertEachDayGivenOnce("2026-03-03", 2);
    }

    private static void startSecond() {
        if (!Node.second().isRunning()) {
            Node.second().start();
        }
    }

    /** Of the machines of {@link MachineRow#many}. */
    private static void assertEachDayGivenOnce(String day, int days) {
        assertThat(Rows.texts("select distinct accounted_to || ' ' || operating_hours from machine"))
                .containsExactly(day + " " + 8 * days + ".00");
        assertThat(Rows.texts(
                        "select distinct interval_hours || ' ' || accumulated_hours || ' ' || times_triggered from"
                                + " maintenance_alarm order by 1"))
                .containsExactly("1000 " + 8 * days + ".00 0", "8 0.00 " + days);
        assertThat(Rows.number("select count(*) from machine_event where type = 'MAINTENANCE_ALARM_TRIGGERED'"))
                .isEqualTo(12L * days);
    }

    @Test
    void oneOfTwoNodesIsElectedForAScheduledRun() throws SQLException {
        startSecond();
        MachineRow.many(1_200, owner, "2032-02-28");
        try (ExecutorService threads = Executors.newFixedThreadPool(1);
                Connection holder = TestDatabase.connect()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("select 1 from machine order by id desc limit 1 for update");
            }
            var first = CompletableFuture.supplyAsync(() -> due(Node.first(), "2032-03-02T02:00:00Z"), threads);
            await().until(() -> Rows.number("select count(*) from machine where accounted_to > date '2032-02-28'") > 0);

            assertThat(due(Node.second(), "2032-03-02T02:00:00Z"))
                    .as("another is at it")
                    .isFalse();
            holder.commit();

            assertThat(first.join()).isTrue();
            assertThat(due(Node.second(), "2032-03-02T02:00:00Z")).isTrue();
        }
        assertEachDayGivenOnce("2032-03-01", 2); // with a leap day
        assertThat(Rows.texts("select machines || ' ' || days || ' ' || alarms_fired from maintenance_run where"
                        + " scheduled_for = timestamptz '2032-01-01T00:00:00Z'"))
                .containsExactly("1200 2400 24");
    }

    @Test
    void theOtherNodeGoesOnWhereAKilledOneEnded() throws SQLException, IOException {
        startSecond();
        MachineRow.many(1_200, owner, "2026-03-01");
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        Rows.update("update machine set accounted_to = ?", yesterday.minusDays(3));
        try (Connection holder = TestDatabase.connect()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("select 1 from machine order by id desc limit 1 for update");
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
                // Nobody has asked the first node: it does what is due by itself.
                Rows.update("update maintenance_run set finished_at = null, machines = 0, days = 0, alarms_fired = 0,"
                        + " node = 'node-0' where scheduled_for = timestamptz '" + SCHEDULED + "'");
                var killed = CompletableFuture.runAsync(
                        () -> {
                            try {
                                Account.tryExchange(
                                        Node.second(), "POST", "test/maintenance/due/" + Instant.now(), null);
                            } catch (IOException e) {
                                // it is killed before it can answer
                            }
                        },
                        threads);
                await("the second node to be half-way")
                        .atMost(Duration.ofMinutes(3))
                        .until(() ->
                                Rows.number("select count(*) from machine where accounted_to = ?", yesterday) >= 1_000);
                assertThat(Rows.texts("select node from maintenance_run where finished_at is null"))
                        .containsExactly("node-2");
                Node.second().kill();
                killed.join();
            }
            holder.commit();
        }
        Node.first().restartApplication(); // it had found the run done, and looks again
        awaitScheduledRun();
        assertEachDayGivenOnce(yesterday.toString(), 3);
        assertThat(Rows.texts("select node || ' ' || machines || ' ' || days || ' ' || alarms_fired from"
                        + " maintenance_run where scheduled_for = timestamptz '" + SCHEDULED + "'"))
                .containsExactly("node-1 1200 3600 36");
    }

    @Test
    void onlyAdministratorsRunAndEveryRefusalHasItsCode() throws SQLException {
        Map<String, String> body = Map.of("date", "2026-03-02");
        assertThat(owner.post("admin/maintenance/runs", body).problem()).isEqualTo("403 forbidden");
        assertThat(owner.get("admin/maintenance/runs").problem()).isEqualTo("403 forbidden");
        assertThat(admin.post("admin/maintenance/runs", null).problem()).isEqualTo("400 body_required");
        for (String date : List.of("", "2026-02-30", "24.11.2026", "+12026-01-01", "2026-11-24T00:00:00Z")) {
            var refused = admin.post("admin/maintenance/runs", Map.of("date", date));
            assertThat(refused.problem()).as(date).isEqualTo("400 validation_failed");
            assertThat(refused.json().get("errors").get(0).get("code").textValue())
                    .isEqualTo("invalid_date");
        }
        assertThat(admin.post("admin/maintenance/runs", Map.of()).problem()).isEqualTo("400 validation_failed");
        LocalDate today = LocalDate.now(ZoneOffset.ofHours(14));
        assertThat(admin.post(
                                "admin/maintenance/runs",
                                Map.of("date", today.plusDays(1).toString()))
                        .problem())
                .isEqualTo("400 date_in_future");
        assertThat(run(today.toString()).get("date").textValue()).isEqualTo(today.toString());
        try (Connection holder = TestDatabase.connect();
                var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            assertThat(admin.post("admin/maintenance/runs", body).problem()).isEqualTo("409 run_in_progress");
            // PostgreSQL notices the end of a session when it likes.
            statement.execute("select pg_advisory_unlock(" + LOCK + ")");
        }
        assertThat(run("2026-03-02").get("machines").intValue()).isZero();
    }

    @Test
    void runsAreListedNewestFirst() {
        JsonNode older = run("2026-03-02");
        JsonNode newer = run("2026-03-03");

        JsonNode first = admin.get("admin/maintenance/runs?limit=1").data();
        assertThat(first.get("items")).containsExactly(newer);
        assertThat(newer.get("scheduledFor").isNull()).isTrue();
        JsonNode second = admin.get("admin/maintenance/runs?limit=1&cursor="
                        + first.get("nextCursor").textValue())
                .data();
        assertThat(second.get("items")).containsExactly(older);
        assertThat(admin.get("admin/maintenance/runs?limit=100")
                        .data()
                        .get("items")
                        .valueStream()
                        .map(run -> run.get("scheduledFor").asText()))
                .contains("2026-01-01T00:00:00.000Z");
    }
}
