package com.fleetman.fleet;

import static com.fleetman.fleet.Fleet.blamed;
import static com.fleetman.fleet.Fleet.id;
import static com.fleetman.fleet.Fleet.json;
import static com.fleetman.fleet.Fleet.machine;
import static com.fleetman.fleet.Fleet.patch;
import static com.fleetman.fleet.Fleet.path;
import static com.fleetman.fleet.Fleet.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Deployments;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write into a machine's history, who reads it, and who is told. */
@InContainer
class MachineHistoryIT {
    private final Account owner = Account.register(Node.first(), "Grúas Ñandú");
    private final Account provider = Account.register(Node.first(), "Taller Überholt", "PROVIDER");
    private final JsonNode machine = machine(owner, provider);

    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.warWith(AlarmListener.class);
    }

    private static Account.Answer write(Account account, JsonNode machine, String type, String description) {
        return account.post(path(machine) + "/events", Map.of("type", type, "description", description));
    }

    private static JsonNode events(Account account, JsonNode machine, String query) {
        return account.get(path(machine) + "/events?" + query).data();
    }

    @ParameterizedTest
    @CsvSource({"INCIDENT, HIGH", "FAILURE, HIGH", "STOP, NORMAL", "REPAIR, NORMAL", "MAINTENANCE, NORMAL"})
    void theOwnerSeesAtOnceWhatTheProviderWrites(String type, String priority) {
        String description = "🚜".repeat(101);
        try (var owners = Devices.of(owner);
                var providers = Devices.of(provider)) {
            Account.Answer answer = write(provider, machine, type, " " + description + "\n");

            assertThat(answer.status()).isEqualTo(201);
            JsonNode event = answer.data();
            assertThat(event.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "id",
                            "machineId",
                            "type",
                            "title",
                            "metadata",
                            "actorId",
                            "actorName",
                            "systemGenerated",
                            "occurredAt",
                            "createdAt");
            assertThat(event.get("machineId").textValue()).isEqualTo(id(machine).toString());
            assertThat(event.get("type").textValue()).isEqualTo(type);
            assertThat(event.get("title").textValue())
                    .isEqualTo("machine.event." + type.toLowerCase(Locale.ROOT) + ".title");
            assertThat(event.get("metadata")).isEqualTo(json(Map.of("description", description)));
            assertThat(event.get("actorId").textValue()).isEqualTo(provider.id().toString());
            assertThat(event.get("actorName").textValue()).isEqualTo("Taller Überholt");
            assertThat(event.get("systemGenerated").booleanValue()).isFalse();
            assertThat(event.get("createdAt").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

            JsonNode told = owners.next("message").data();
            String key = "notification.machine.event." + type.toLowerCase(Locale.ROOT);
            assertThat(told.get("type").textValue()).isEqualTo("MACHINE_EVENT");
            assertThat(told.get("title").textValue()).isEqualTo(key + ".title");
            assertThat(told.get("message").textValue()).isEqualTo(key + ".description");
            assertThat(told.get("actionUrl").textValue()).isEqualTo("/machines/" + id(machine) + "/events");
            assertThat(told.get("priority").textValue()).isEqualTo(priority);
            assertThat(told.get("source").textValue()).isEqualTo("FLEET");
            assertThat(told.get("metadata"))
                    .isEqualTo(json(Map.of(
                            "machineId", id(machine),
                            "machineName", machine.get("serialNumber"),
                            "nickname", machine.get("nickname"),
                            "eventId", event.get("id"),
                            "eventType", type,
                            "description", "🚜".repeat(100),
                            "actorId", provider.id(),
                            "actorName", "Taller Überholt")));
            owners.assertNothingMore();
            owners.assertCounts(1, 0);
            providers.assertNothingMore();
            assertThat(events(owner, machine, "").at("/items/0")).isEqualTo(event);
            assertThat(events(provider, machine, "")).isEqualTo(events(owner, machine, ""));
        }
    }

    @Test
    void theOtherSideIsToldAndBothOfAnAdministrator() {
        JsonNode alone = machine(owner);
        Account admin = Fleet.administrator();
        try (var owners = Devices.of(owner);
                var providers = Devices.of(provider)) {
            write(owner, machine, "STOP", "by the owner").data();
            assertThat(providers
                            .next("message")
                            .data()
                            .at("/metadata/description")
                            .textValue())
                    .isEqualTo("by the owner");
            owners.assertNothingMore();

            write(admin, machine, "STOP", "by the administrator").data();
            for (Devices devices : List.of(owners, providers)) {
                JsonNode told = devices.next("message").data();
                assertThat(told.at("/metadata/description").textValue()).isEqualTo("by the administrator");
                assertThat(told.at("/metadata/actorName").textValue()).isEqualTo("Admin");
            }

            write(owner, alone, "STOP", "to nobody").data();
            owners.assertNothingMore();
            providers.assertNothingMore();
        }
    }

    @Test
    void whatWasWrongIsRefusedAndNobodyIsTold() {
        String path = path(machine) + "/events";
        try (var providers = Devices.of(provider)) {
            assertThat(blamed(owner.post(path, Map.of()))).containsExactly("type:required", "description:required");
            for (String type : List.of("STATUS_CHANGED", "MACHINE_CREATED", "QUICKCHECK_APPROVED", "stop")) {
                assertThat(blamed(write(owner, machine, type, "x"))).containsExactly("type:unknown_value");
            }
            assertThat(blamed(write(owner, machine, "STOP", "x".repeat(1_001))))
                    .containsExactly("description:too_long");
            assertThat(blamed(write(owner, machine, "STOP", " \n"))).containsExactly("description:blank");
            assertThat(blamed(owner.post(
                            path, Map.of("type", "STOP", "description", "x", "occurredAt", "2999-01-01T00:00:00Z"))))
                    .containsExactly("occurredAt:in_the_future");
            assertThat(blamed(owner.post(path, Map.of("type", "STOP", "description", "x", "occurredAt", "now"))))
                    .containsExactly("occurredAt:invalid_instant");
            assertThat(blamed(
                            owner.post(path, Map.of("type", "STOP", "description", "x", "alarmId", UUID.randomUUID()))))
                    .containsExactly("alarmId:not_for_this_type");
            assertThat(blamed(owner.post(path, Map.of("type", "STOP", "description", "x", "systemGenerated", true))))
                    .containsExactly("systemGenerated:unknown_field");
            assertThat(owner.post(path, null).problem()).isEqualTo("400 body_required");
            providers.assertNothingMore();
        }
        assertThat(types(owner, machine)).containsExactly("PROVIDER_ASSIGNED", "MACHINE_CREATED");
    }

    @Test
    void anEntryMayBeOfEarlierAndStandsWhereItWasWritten() {
        JsonNode first = write(owner, machine, "STOP", "first").data();
        JsonNode second = owner.post(
                        path(machine) + "/events",
                        Map.of("type", "REPAIR", "description", "old", "occurredAt", "2020-02-29T23:30:00.5-03:00"))
                .data();

        assertThat(first.get("occurredAt")).isEqualTo(first.get("createdAt"));
        assertThat(second.get("occurredAt").textValue()).isEqualTo("2020-03-01T02:30:00.500Z");
        JsonNode items = events(owner, machine, "limit=2").get("items");
        assertThat(items.get(0)).isEqualTo(second);
        assertThat(items.get(1)).isEqualTo(first);
    }

    @Test
    void strangersNeitherReadNorWrite() {
        for (Account stranger : List.of(
                Account.register(Node.first(), "Client"), Account.register(Node.first(), "Other", "PROVIDER"))) {
            assertThat(stranger.get(path(machine) + "/events").problem()).isEqualTo("404 machine_not_found");
            assertThat(write(stranger, machine, "STOP", "x").problem()).isEqualTo("404 machine_not_found");
        }
        assertThat(owner.get("machines/" + UUID.randomUUID() + "/events").problem())
                .isEqualTo("404 machine_not_found");
        assertThat(owner.get("machines/x/events").problem()).isEqualTo("400 invalid_uuid");
        assertThat(owner.post("machines/x/events", Map.of("type", "STOP", "description", "x"))
                        .problem())
                .isEqualTo("400 invalid_uuid");
        assertThat(Account.exchange(Node.first(), "GET", path(machine) + "/events", null)
                        .problem())
                .isEqualTo("401 unauthenticated");

        write(provider, machine, "STOP", "while it was mine").data();
        patch(owner, machine, "{\"assignedProviderId\":null}").data();
        assertThat(provider.get(path(machine) + "/events").problem()).isEqualTo("404 machine_not_found");
        assertThat(write(provider, machine, "STOP", "x").problem()).isEqualTo("404 machine_not_found");
        assertThat(events(owner, machine, "type=STOP").at("/items/0/actorName").textValue())
                .isEqualTo("Taller Überholt");
    }

    @Test
    void aHistoryIsOnlyEverAddedTo() {
        String path = path(machine) + "/events";
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertThat(owner.send(method, path, method.equals("DELETE") ? null : "{}")
                            .problem())
                    .isEqualTo("405 method_not_allowed");
        }
    }

    @Test
    void theHistoryIsReadPageByPageAndFiltered() {
        patch(owner, machine, "{\"status\":\"MAINTENANCE\"}").data();
        write(provider, machine, "REPAIR", "1").data();
        write(owner, machine, "STOP", "2").data();
        patch(provider, machine, "{\"status\":\"ACTIVE\"}").data();

        assertThat(types(owner, machine))
                .containsExactly(
                        "STATUS_CHANGED", "STOP", "REPAIR", "STATUS_CHANGED", "PROVIDER_ASSIGNED", "MACHINE_CREATED");
        var paged = new ArrayList<JsonNode>();
        JsonNode page = events(owner, machine, "limit=2");
        write(owner, machine, "FAILURE", "the pages after the first do not move")
                .data();
        paged.addAll(page.get("items").valueStream().toList());
        while (!page.get("nextCursor").isNull()) {
            page = events(
                    owner, machine, "limit=2&cursor=" + page.get("nextCursor").textValue());
            paged.addAll(page.get("items").valueStream().toList());
        }
        assertThat(paged)
                .isEqualTo(events(owner, machine, "limit=100")
                        .get("items")
                        .valueStream()
                        .skip(1)
                        .toList());

        assertThat(typesOf("type=STATUS_CHANGED")).containsExactly("STATUS_CHANGED", "STATUS_CHANGED");
        assertThat(typesOf("type=STATUS_CHANGED&limit=1")).containsExactly("STATUS_CHANGED");
        assertThat(typesOf("systemGenerated=false")).containsExactly("FAILURE", "STOP", "REPAIR");
        assertThat(typesOf("systemGenerated=true"))
                .containsExactly("STATUS_CHANGED", "STATUS_CHANGED", "PROVIDER_ASSIGNED", "MACHINE_CREATED");
        assertThat(typesOf("systemGenerated=true&type=STOP")).isEmpty();

        String path = path(machine) + "/events";
        assertThat(blamed(owner.get(path + "?type=stop&systemGenerated=yes")))
                .containsExactly("type:unknown_value", "systemGenerated:unknown_value");
        assertThat(owner.get(path + "?limit=101").problem()).isEqualTo("400 invalid_limit");
        assertThat(owner.get(path + "?cursor=x").problem()).isEqualTo("400 invalid_cursor");
    }

    private List<String> typesOf(String query) {
        return events(owner, machine, query)
                .get("items")
                .valueStream()
                .map(event -> event.get("type").textValue())
                .toList();
    }

    @Test
    void whatIsWrittenAtOnceHasOneOrderForAll() throws Exception {
        try (var owners = Devices.of(owner)) {
            var requests = new ArrayList<Callable<Account.Answer>>();
            for (int i = 0; i < 20; i++) {
                String text = "entry " + i;
                String status = i % 2 == 0 ? "MAINTENANCE" : "ACTIVE";
                requests.add(() -> write(provider, machine, "STOP", text));
                requests.add(() -> patch(provider, machine, "{\"status\":\"" + status + "\"}"));
            }

            List<Account.Answer> answers = Fleet.atOnce(requests);

            assertThat(answers).allMatch(answer -> answer.status() < 300);
            List<JsonNode> history = events(owner, machine, "limit=100")
                    .get("items")
                    .valueStream()
                    .toList();
            List<String> written = history.stream()
                    .filter(event -> event.get("type").textValue().equals("STOP"))
                    .map(event -> event.get("id").textValue())
                    .toList()
                    .reversed();
            assertThat(written).hasSize(20).doesNotHaveDuplicates();
            var told = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                told.add(owners.next("message").data().at("/metadata/eventId").textValue());
            }
            assertThat(told).isEqualTo(written);
            owners.assertNothingMore();
            owners.assertCounts(20, 0);
            assertThat(history.stream()
                            .map(event -> event.get("createdAt").textValue())
                            .toList())
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertStatusesFollowEachOther(history);
        }
    }

    /** Each change starts from what the one before it has made of the machine. */
    private void assertStatusesFollowEachOther(List<JsonNode> newestFirst) {
        String status = "ACTIVE";
        for (JsonNode event : newestFirst.reversed()) {
            if (event.get("type").textValue().equals("STATUS_CHANGED")) {
                assertThat(event.at("/metadata/from").textValue()).isEqualTo(status);
                status = event.at("/metadata/to").textValue();
            }
        }
        assertThat(owner.get(path(machine)).data().get("status").textValue()).isEqualTo(status);
    }

    @Test
    void anEntryHandlesTheAlarmThatItNamesInTheSameTransaction() {
        UUID alarm = Fleet.alarm(machine, UUID.randomUUID(), 1);
        JsonNode event = handle("MAINTENANCE", alarm).data();

        assertThat(event.get("metadata")).isEqualTo(json(Map.of("description", "done", "alarmId", alarm)));
        for (Account account : List.of(owner, provider)) {
            JsonNode seen = account.get("notifications?type=" + AlarmListener.TYPE)
                    .data()
                    .at("/items/0/metadata");
            assertThat(seen.get("alarmId").textValue()).isEqualTo(alarm.toString());
            assertThat(seen.get("machineId").textValue()).isEqualTo(id(machine).toString());
            assertThat(seen.get("actorId").textValue()).isEqualTo(provider.id().toString());
            assertThat(seen.get("at")).isEqualTo(event.get("createdAt"));
        }
        assertThat(handle("REPAIR", alarm).status()).isEqualTo(201);
    }

    private Account.Answer handle(String type, UUID alarm) {
        var body = new HashMap<String, Object>(Map.of("type", type, "description", "done"));
        body.put("alarmId", alarm);
        return provider.post(path(machine) + "/events", body);
    }

    @Test
    void anAlarmThatIsRefusedRefusesTheEntry() {
        Fleet.alarm(machine, AlarmListener.REFUSED, 1);
        try (var owners = Devices.of(owner)) {
            assertThat(handle("REPAIR", AlarmListener.REFUSED).problem()).isEqualTo("409 refused_by_listener");
            owners.assertNothingMore();
        }
        assertThat(types(owner, machine)).containsExactly("PROVIDER_ASSIGNED", "MACHINE_CREATED");
        Rows.update("delete from maintenance_alarm where id = ?", AlarmListener.REFUSED);
    }
}
