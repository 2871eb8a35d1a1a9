package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The alarms of a machine over REST, and what dealing with one does on the devices of its people. */
@InContainer(probes = true)
class MaintenanceAlarmIT {
    private static final String LONG_AGO = "2026-01-01";

    private final Account owner = Account.register(Node.first(), "Grúas Ñandú");
    private final Account provider = Account.register(Node.first(), "Taller", "PROVIDER");
    private final Account admin = administrator();
    private final MachineRow machine = onlyMachine();

    private MachineRow onlyMachine() {
        Rows.update("delete from machine");
        return MachineRow.of(owner, provider, LONG_AGO, "UTC");
    }

    static Account administrator() {
        Account account = Account.register(Node.first(), "FleetMan");
        account.becomeAdministrator();
        return account;
    }

    private JsonNode make(Map<String, ?> body) {
        Account.Answer answer = owner.post(machine.path(), body);
        assertThat(answer.status()).isEqualTo(201);
        return answer.data();
    }

    private String path(JsonNode alarm) {
        return machine.path() + "/" + alarm.get("id").textValue();
    }

    private static List<String> blamed(Account.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error ->
                        error.path("field").asText() + ":" + error.path("code").asText())
                .toList();
    }

    @Test
    void anAlarmIsMadeReadListedChangedAndDeleted() {
        JsonNode made = make(Map.of(
                "title",
                " Aceite ",
                "description",
                "Cambiar el aceite 🛢",
                "relatedParts",
                List.of("filtro", "junta"),
                "intervalHours",
                250,
                "accumulatedHours",
                12.5));

        JsonNode expected = Json.tree("""
                {"id":"%s","machineId":"%s","title":"Aceite","description":"Cambiar el aceite 🛢",
                "relatedParts":["filtro","junta"],"intervalHours":250,"accumulatedHours":12.5,"active":true,
                "timesTriggered":0,"lastTriggeredAt":null,"pending":0,"lastHandledAt":null,"createdAt":"%s",
                "updatedAt":"%s"}""".formatted(
                        made.get("id").textValue(),
                        machine.id(),
                        made.get("createdAt").textValue(),
                        made.get("createdAt").textValue()));
        assertThat(made).isEqualTo(expected);
        assertThat(provider.get(path(made)).data()).isEqualTo(made);
        JsonNode second = provider.post(machine.path(), Map.of("title", "Correa", "intervalHours", 1, "active", false))
                .data();
        assertThat(second.get("relatedParts")).isEmpty();
        assertThat(second.get("description").isNull()).isTrue();
        assertThat(second.get("accumulatedHours").intValue()).isZero();
        assertThat(second.get("active").booleanValue()).isFalse();
        assertThat(admin.get(machine.path()).data().get("items")).containsExactly(second, made);
        JsonNode page = admin.get(machine.path() + "?limit=1").data();
        assertThat(page.get("items")).containsExactly(second);
        assertThat(admin.get(machine.path() + "?limit=1&cursor="
                                + page.get("nextCursor").textValue())
                        .data()
                        .get("items"))
                .containsExactly(made);

        var changes = new HashMap<String, Object>();
        changes.put("description", null);
        changes.put("intervalHours", 300);
        JsonNode changed = provider.patch(path(made), changes).data();
        assertThat(changed.get("description").isNull()).isTrue();
        assertThat(changed.get("intervalHours").intValue()).isEqualTo(300);
        assertThat(changed.get("title").textValue()).isEqualTo("Aceite");
        assertThat(changed.get("accumulatedHours").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(provider.patch(path(made), changes).data())
                .as("nothing is left to change")
                .isEqualTo(changed);

        assertThat(owner.delete(path(second)).data().get("id")).isEqualTo(second.get("id"));
        assertThat(owner.get(path(second)).problem()).isEqualTo("404 alarm_not_found");
        assertThat(machine.history())
                .containsExactly(
                        "MAINTENANCE_ALARM_CREATED",
                        "MAINTENANCE_ALARM_CREATED",
                        "MAINTENANCE_ALARM_UPDATED",
                        "MAINTENANCE_ALARM_DELETED");
        assertThat(Rows.texts(
                        "select actor_id || ' ' || (metadata ->> 'changed') from machine_event where machine_id = ? and"
                                + " type = 'MAINTENANCE_ALARM_UPDATED'",
                        machine.id()))
                .containsExactly(provider.id() + " [\"description\", \"intervalHours\"]");
    }

    @Test
    void everyWrongFieldIsNamed() {
        var parts = new ArrayList<>(List.of("filtro", " ", "x".repeat(101)));
        assertThat(blamed(owner.post(
                        machine.path(),
                        Map.of(
                                "title",
                                "🛢".repeat(101),
                                "description",
                                "",
                                "relatedParts",
                                parts,
                                "intervalHours",
                                0,
                                "accumulatedHours",
                                -1))))
                .containsExactly(
                        "title:too_long",
                        "description:blank",
                        "relatedParts.1:blank",
                        "relatedParts.2:too_long",
                        "intervalHours:out_of_range",
                        "accumulatedHours:out_of_range");
        assertThat(blamed(owner.post(machine.path(), Map.of())))
                .containsExactly("title:required", "intervalHours:required");
        JsonNode alarm = make(Map.of("title", "🛢".repeat(100), "intervalHours", 1_000_000));
        assertThat(blamed(owner.patch(
                        path(alarm),
                        Map.of(
                                "title",
                                " ",
                                "relatedParts",
                                Collections.nCopies(51, "x"),
                                "intervalHours",
                                1_000_001,
                                "accumulatedHours",
                                0.001))))
                .containsExactly(
                        "title:blank",
                        "relatedParts:too_many",
                        "intervalHours:out_of_range",
                        "accumulatedHours:too_precise");
        assertThat(owner.patch(path(alarm), Map.of("intervalHours", 1.5)).problem())
                .isEqualTo("400 wrong_type");
        assertThat(owner.patch(path(alarm), Map.of("timesTriggered", 1)).problem())
                .isEqualTo("400 unknown_field");
        assertThat(owner.get(machine.path() + "?cursor=x").problem()).isEqualTo("400 invalid_cursor");
        assertThat(owner.get(machine.path() + "/x").problem()).isEqualTo("400 invalid_uuid");
        assertThat(owner.get(path(alarm)).data()).isEqualTo(alarm);
    }

    @Test
    void othersSeeNoMachineAndNobodySeesAnAlarmOfAnother() {
        JsonNode alarm = make(Map.of("title", "Aceite", "intervalHours", 250));
        Account stranger = Account.register(Node.first(), "Otra", "PROVIDER");
        Map<String, Object> body = Map.of("title", "Aceite", "intervalHours", 250);

        assertThat(List.of(
                        stranger.get(machine.path()).problem(),
                        stranger.post(machine.path(), body).problem(),
                        stranger.get(path(alarm)).problem(),
                        stranger.patch(path(alarm), body).problem(),
                        stranger.delete(path(alarm)).problem(),
                        stranger.post(path(alarm) + "/reset", null).problem(),
                        owner.get("machines/" + UUID.randomUUID() + "/maintenance-alarms")
                                .problem()))
                .containsOnly("404 machine_not_found");
        MachineRow own = MachineRow.of(owner, provider, LONG_AGO, "UTC");
        String elsewhere = own.path() + "/" + alarm.get("id").textValue();
        assertThat(List.of(
                        owner.get(elsewhere).problem(),
                        owner.patch(elsewhere, body).problem(),
                        owner.delete(elsewhere).problem(),
                        owner.post(elsewhere + "/reset", null).problem(),
                        owner.post(
                                        "test/maintenance/handled/" + own.id() + "/"
                                                + alarm.get("id").textValue(),
                                        null)
                                .problem()))
                .containsOnly("404 alarm_not_found");
        assertThat(owner.get(path(alarm)).data()).isEqualTo(alarm);
    }

    @Test
    void aMachineHasAtMostFiftyAlarms() {
        for (int i = 0; i < 50; i++) {
            make(Map.of("title", "Aceite " + i, "intervalHours", 250));
        }

        assertThat(owner.post(machine.path(), Map.of("title", "Aceite", "intervalHours", 250))
                        .problem())
                .isEqualTo("409 too_many_alarms");
    }

    @Test
    void daysBeforeAnAlarmWasMadeSetOrSwitchedOnAreNotAddedToIt() {
        String today = String.valueOf(
                Rows.texts("select (now() at time zone 'UTC')::date").get(0));
        JsonNode made = make(Map.of("title", "Nueva", "intervalHours", 250));
        JsonNode set = make(Map.of("title", "Puesta", "intervalHours", 250));
        JsonNode on = make(Map.of("title", "Encendida", "intervalHours", 250, "active", false));
        JsonNode renamed = make(Map.of("title", "Vieja", "intervalHours", 250));
        assertThat(Rows.texts("select distinct counts_from from maintenance_alarm"))
                .containsExactly(today);
        MachineRow.countFromLongAgo();

        owner.patch(path(set), Map.of("accumulatedHours", 100)).data();
        owner.patch(path(on), Map.of("active", true)).data();
        owner.patch(path(renamed), Map.of("title", "Otra", "intervalHours", 500))
                .data();

        assertThat(countsFrom(set)).isEqualTo(today);
        assertThat(countsFrom(on)).isEqualTo(today);
        assertThat(countsFrom(renamed)).isEqualTo("2020-01-01");
        assertThat(countsFrom(made)).isEqualTo("2020-01-01");
    }

    private static String countsFrom(JsonNode alarm) {
        return String.valueOf(Rows.texts(
                        "select counts_from from maintenance_alarm where id = ?::uuid",
                        alarm.get("id").textValue())
                .get(0));
    }

    @Test
    void aResetClearsWhatItHasToldOnAllDevices() {
        JsonNode alarm = fired();
        try (EventStream phone = EventStream.open(owner).awaitConnected();
                EventStream desk = EventStream.open(owner).awaitConnected();
                EventStream workshop = EventStream.open(provider).awaitConnected()) {
            assertThat(unread(owner)).isEqualTo(1);
            assertThat(unread(provider)).isEqualTo(1);

            JsonNode reset = provider.post(path(alarm) + "/reset", null).data();

            assertThat(reset.get("accumulatedHours").intValue()).isZero();
            assertThat(reset.get("pending").intValue()).isZero();
            assertThat(reset.get("timesTriggered").intValue()).isEqualTo(1);
            assertThat(reset.get("lastHandledAt").isNull()).isFalse();
            assertThat(countsFrom(alarm)).isNotEqualTo("2020-01-01");
            for (EventStream device : List.of(phone, desk, workshop)) {
                JsonNode event = device.awaitNamed("notification-state").data();
                assertThat(event.get("change").textValue()).isEqualTo("read");
                assertThat(event.get("counts").get("notifications").intValue()).isZero();
            }
            assertThat(unread(owner)).isZero();
            assertThat(unread(provider)).isZero();
            assertThat(machine.history()).endsWith("MAINTENANCE_ALARM_TRIGGERED", "MAINTENANCE_ALARM_RESET");
        }
    }

    @Test
    void aLineInTheHistoryThatNamesTheAlarmDoesTheSame() {
        JsonNode alarm = fired();
        try (EventStream phone = EventStream.open(owner).awaitConnected();
                EventStream workshop = EventStream.open(provider).awaitConnected()) {
            admin.post(
                            "test/maintenance/handled/" + machine.id() + "/"
                                    + alarm.get("id").textValue(),
                            null)
                    .data();

            phone.awaitNamed("notification-state");
            workshop.awaitNamed("notification-state");
            JsonNode handled = owner.get(path(alarm)).data();
            assertThat(handled.get("pending").intValue()).isZero();
            assertThat(handled.get("lastHandledAt").isNull()).isFalse();
            assertThat(unread(owner) + unread(provider)).isZero();
            assertThat(machine.history())
                    .as("the line itself says it")
                    .endsWith("MAINTENANCE_ALARM_TRIGGERED")
                    .doesNotContain("MAINTENANCE_ALARM_RESET");
        }
    }

    @Test
    void aDeletedAlarmLeavesNothingUnread() {
        JsonNode alarm = fired();

        owner.delete(path(alarm)).data();

        assertThat(unread(owner) + unread(provider)).isZero();
        assertThat(Rows.number("select count(*) from maintenance_alarm where machine_id = ?", machine.id()))
                .isZero();
    }

    private JsonNode fired() {
        JsonNode alarm = make(Map.of("title", "Aceite", "intervalHours", 8));
        MachineRow.countFromLongAgo();
        assertThat(admin.post("admin/maintenance/runs", Map.of("date", "2026-01-02"))
                        .data()
                        .get("alarmsFired")
                        .intValue())
                .isEqualTo(1);
        return alarm;
    }

    private static int unread(Account account) {
        return account.get("notifications/unread-count").data().get("count").intValue();
    }
}
