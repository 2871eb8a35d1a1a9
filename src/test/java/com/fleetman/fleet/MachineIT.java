package com.fleetman.fleet;

import static com.fleetman.fleet.Fleet.blamed;
import static com.fleetman.fleet.Fleet.body;
import static com.fleetman.fleet.Fleet.bodyWith;
import static com.fleetman.fleet.Fleet.etag;
import static com.fleetman.fleet.Fleet.history;
import static com.fleetman.fleet.Fleet.id;
import static com.fleetman.fleet.Fleet.json;
import static com.fleetman.fleet.Fleet.machine;
import static com.fleetman.fleet.Fleet.patch;
import static com.fleetman.fleet.Fleet.path;
import static com.fleetman.fleet.Fleet.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machines of an owner and those of a provider: who may do what, and what is kept and told of it. */
@InContainer
class MachineIT {
    private final Account owner = Account.register(Node.first(), "Grúas Ñandú");
    private final Account provider = Account.register(Node.first(), "Taller Überholt", "PROVIDER");

    private static long versionOf(JsonNode machine) {
        return Rows.number("select version from machine where id = ?", id(machine));
    }

    private static String text(Account account) {
        return account.id().toString();
    }

    @Test
    void aMachineIsMadeAndReadBack() {
        Map<String, Object> body = bodyWith("nickname", " La Gorda 🚜 ");
        body.put("operatingHours", 1_250.5);
        Account.Answer made = owner.post("machines", body);

        assertThat(made.status()).isEqualTo(201);
        assertThat(etag(made)).isEqualTo("\"0\"");
        JsonNode machine = made.data();
        assertThat(made.http().headers().firstValue("Location"))
                .contains(Node.first().baseUri() + "api/v1/" + path(machine));
        assertThat(machine.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "serialNumber",
                        "brand",
                        "model",
                        "nickname",
                        "status",
                        "ownerId",
                        "assignedProviderId",
                        "usageSchedule",
                        "operatingHours",
                        "timezone",
                        "createdAt",
                        "updatedAt");
        assertThat(machine.get("serialNumber").textValue()).isEqualTo(body.get("serialNumber"));
        assertThat(machine.get("brand").textValue()).isEqualTo("Liebherr");
        assertThat(machine.get("model").textValue()).isEqualTo("LTM 1050");
        assertThat(machine.get("nickname").textValue()).isEqualTo("La Gorda 🚜");
        assertThat(machine.get("status").textValue()).isEqualTo("ACTIVE");
        assertThat(machine.get("ownerId").textValue()).isEqualTo(text(owner));
        assertThat(machine.get("assignedProviderId").isNull()).isTrue();
        assertThat(machine.get("usageSchedule").toString())
                .isEqualTo("{\"dailyHours\":8,\"operatingDays\":[\"MONDAY\",\"FRIDAY\"]}");
        assertThat(machine.get("operatingHours").toString()).isEqualTo("1250.5");
        assertThat(machine.get("timezone").textValue()).isEqualTo("America/New_York");
        assertThat(machine.get("createdAt")).isEqualTo(machine.get("updatedAt"));

        Account.Answer read = owner.get(path(machine));
        assertThat(read.data()).isEqualTo(machine);
        assertThat(etag(read)).isEqualTo("\"0\"");
        assertThat(history(owner, machine))
                .containsExactly(Fleet.line(
                        "MACHINE_CREATED",
                        json(Map.of(
                                "serialNumber", machine.get("serialNumber"),
                                "brand", "Liebherr",
                                "model", "LTM 1050",
                                "status", "ACTIVE"))));
    }

    @Test
    void whoHasTheVersionIsNotSentItAgain() {
        JsonNode machine = machine(owner);
        for (String known : List.of("\"0\"", "W/\"0\"", "\"9\", \"0\"", "*")) {
            Account.Answer answer = owner.send("GET", path(machine), null, "If-None-Match", known);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.http().body()).isEmpty();
            assertThat(etag(answer)).isEqualTo("\"0\"");
        }
        assertThat(owner.send("GET", path(machine), null, "If-None-Match", "\"1\"")
                        .data())
                .isEqualTo(machine);
        assertThat(owner.send("GET", path(machine), null, "If-None-Match", "0").problem())
                .isEqualTo("400 invalid_header");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        var body = new HashMap<String, Object>();
        body.put("serialNumber", " ");
        body.put("model", "x".repeat(101));
        body.put("nickname", "");
        body.put("status", "BROKEN");
        body.put("ownerId", "me");
        body.put("assignedProviderId", "nobody");
        body.put("usageSchedule", Map.of("dailyHours", 25, "operatingDays", List.of("MONDAY", "MONDAY", "Sun")));
        body.put("operatingHours", 0.001);
        body.put("timezone", "+02:00");
        Account.Answer answer = owner.post("machines", body);

        assertThat(answer.problem()).isEqualTo("400 validation_failed");
        assertThat(blamed(answer))
                .containsExactlyInAnyOrder(
                        "serialNumber:blank",
                        "brand:required",
                        "model:too_long",
                        "nickname:blank",
                        "status:unknown_value",
                        "ownerId:invalid_uuid",
                        "assignedProviderId:invalid_uuid",
                        "usageSchedule.dailyHours:out_of_range",
                        "usageSchedule.operatingDays.1:duplicate",
                        "usageSchedule.operatingDays.2:unknown_value",
                        "operatingHours:too_precise",
                        "timezone:unknown_timezone");
        assertThat(blamed(owner.post("machines", Map.of())))
                .containsExactlyInAnyOrder(
                        "serialNumber:required",
                        "brand:required",
                        "model:required",
                        "usageSchedule:required",
                        "timezone:required");
        assertThat(blamed(owner.post("machines", bodyWith("operatingHours", "5"))))
                .containsExactly("operatingHours:wrong_type");
        assertThat(blamed(owner.post("machines", bodyWith("accountedTo", "2026-01-01"))))
                .containsExactly("accountedTo:unknown_field");
        assertThat(owner.send("POST", "machines", null).problem()).isEqualTo("400 body_required");
        assertThat(Rows.number("select count(*) from machine where owner_id = ?", owner.id()))
                .isZero();
    }

    @Test
    void aChangeIsReadAsStrictlyAsANewMachine() {
        JsonNode machine = machine(owner);
        assertThat(blamed(patch(owner, machine, "{\"ownerId\":\"" + provider.id() + "\"}")))
                .containsExactly("ownerId:unknown_field");
        assertThat(blamed(patch(owner, machine, "{\"version\":1}"))).containsExactly("version:unknown_field");
        assertThat(blamed(patch(owner, machine, "{\"brand\":1}"))).containsExactly("brand:wrong_type");
        assertThat(blamed(patch(owner, machine, "{\"usageSchedule\":{\"dailyHours\":\"8\"}}")))
                .containsExactly("usageSchedule.dailyHours:wrong_type");
        assertThat(blamed(patch(owner, machine, "{\"usageSchedule\":{\"nightlyHours\":8}}")))
                .containsExactly("usageSchedule.nightlyHours:unknown_field");
        assertThat(blamed(patch(owner, machine, "{\"brand\":null,\"timezone\":null}")))
                .containsExactlyInAnyOrder("brand:required", "timezone:required");
        assertThat(patch(owner, machine, "{\"brand\":\"a\",\"brand\":\"b\"}").problem())
                .isEqualTo("400 malformed_json");
        assertThat(patch(owner, machine, "[]").problem()).isEqualTo("400 wrong_type");
        assertThat(owner.send("PATCH", path(machine), null, "If-Match", "*").problem())
                .isEqualTo("400 body_required");
        assertThat(owner.send("PATCH", "machines/1", "{}", "If-Match", "*").problem())
                .isEqualTo("400 invalid_uuid");
        assertThat(owner.get(path(machine)).data()).isEqualTo(machine);
    }

    @Test
    void machinesAreOfClients() {
        assertThat(provider.post("machines", body()).problem()).isEqualTo("403 clients_only");
        assertThat(owner.post("machines", bodyWith("ownerId", text(provider))).problem())
                .isEqualTo("403 not_the_owner");
        assertThat(owner.post("machines", bodyWith("ownerId", text(owner))).status())
                .isEqualTo(201);

        Account admin = Fleet.administrator();
        assertThat(blamed(admin.post("machines", body()))).containsExactly("ownerId:required");
        assertThat(blamed(admin.post("machines", bodyWith("ownerId", text(admin)))))
                .containsExactly("ownerId:not_a_client");
        assertThat(blamed(admin.post("machines", bodyWith("ownerId", text(provider)))))
                .containsExactly("ownerId:not_a_client");
        Account.Answer unknown = admin.post("machines", bodyWith("ownerId", UUID.randomUUID()));
        assertThat(unknown.problem()).isEqualTo("400 user_not_found");
        assertThat(blamed(unknown)).containsExactly("ownerId:user_not_found");
        JsonNode machine =
                admin.post("machines", bodyWith("ownerId", text(owner))).data();
        assertThat(machine.get("ownerId").textValue()).isEqualTo(text(owner));
        assertThat(owner.get(path(machine)).data()).isEqualTo(machine);
        assertThat(owner.get(path(machine) + "/events")
                        .data()
                        .at("/items/0/actorId")
                        .textValue())
                .isEqualTo(text(admin));
        Fleet.deactivate(owner);
        assertThat(blamed(admin.post("machines", bodyWith("ownerId", text(owner)))))
                .containsExactly("ownerId:user_not_found");
    }

    @Test
    void aSerialNumberIsUniqueWithinItsBrandWhateverItsCaseAndAccents() {
        String serial = "ÑU-" + UUID.randomUUID();
        Map<String, Object> body = bodyWith("serialNumber", serial);
        JsonNode machine = owner.post("machines", body).data();
        body.put("serialNumber", serial.replace("ÑU", "nú"));
        body.put("brand", "LIEBHÉRR");

        Account stranger = Account.register(Node.first(), "Stranger");
        Account.Answer taken = stranger.post("machines", body);
        assertThat(taken.problem()).isEqualTo("409 serial_taken");
        assertThat(blamed(taken)).containsExactly("serialNumber:serial_taken");
        body.put("brand", "Grove");
        JsonNode other = owner.post("machines", body).data();

        assertThat(patch(owner, other, "{\"brand\":\"liebherr\"}").problem()).isEqualTo("409 serial_taken");
        assertThat(owner.get(path(other)).data()).isEqualTo(other);
        assertThat(patch(
                                owner,
                                machine,
                                "{\"brand\":\"LIEBHERR\",\"serialNumber\":\"" + serial.replace("ÑU", "nu") + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(patch(owner, machine, "{\"serialNumber\":\"" + serial + "-2\"}")
                        .status())
                .isEqualTo(200);
        assertThat(patch(owner, other, "{\"brand\":\"liebherr\"}").status()).isEqualTo(200);
    }

    @Test
    void ofThoseWhoWantASerialNumberAtOnceOneGetsIt() throws Exception {
        Account rival = Account.register(Node.first(), "Rival");
        Map<String, Object> body = body();
        Map<String, Object> accented = new HashMap<>(body);
        accented.put("brand", "Líebherr");
        JsonNode third = machine(owner);
        var requests = new ArrayList<Callable<Account.Answer>>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> owner.post("machines", body));
            requests.add(() -> rival.post("machines", accented));
            requests.add(() -> patch(owner, third, "{\"serialNumber\":\"" + body.get("serialNumber") + "\"}"));
        }

        List<Account.Answer> answers = Fleet.atOnce(requests);

        // One of them, or the third machine in each of its eight requests.
        List<Account.Answer> done =
                answers.stream().filter(answer -> answer.status() < 300).toList();
        assertThat(done).isNotEmpty();
        assertThat(done.stream().map(answer -> id(answer.data())).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() >= 300).map(Account.Answer::problem))
                .containsOnly("409 serial_taken");
        assertThat(Rows.number(
                        "select count(*) from machine where serial_number = ?",
                        String.valueOf(body.get("serialNumber"))))
                .isEqualTo(1);
    }

    @Test
    void anOwnerHasOnlySoManyMachines() {
        Rows.update("""
                insert into machine (id, owner_id, serial_number, brand, serial_key, brand_key, search_key, model, status,
                  daily_hours, operating_days, operating_hours, timezone, accounted_to, created_at, updated_at)
                select gen_random_uuid(), ?, i, 'B', i, ?, i, 'M', 'ACTIVE', 0, 0, 0, 'UTC', '2026-01-01', now(), now()
                from generate_series(1, 9999) i""", owner.id(), text(owner));
        JsonNode last = machine(owner);

        assertThat(owner.post("machines", body()).problem()).isEqualTo("409 too_many_machines");
        assertThat(Fleet.delete(owner, last).status()).isEqualTo(200);
        assertThat(owner.post("machines", body()).status()).isEqualTo(201);

        Rows.update("delete from machine where owner_id = ?", owner.id());
    }

    @Test
    void aChangeLeavesOutWhatStaysAndIsWrittenDown() {
        JsonNode machine = owner.post("machines", bodyWith("nickname", "Old")).data();
        Account.Answer answer = patch(
                owner,
                machine,
                "{\"model\":\"LTM 1060\",\"nickname\":null,\"operatingHours\":12.50,\"timezone\":\"Europe/Madrid\","
                        + "\"usageSchedule\":{\"dailyHours\":8.0,\"operatingDays\":[\"SUNDAY\",\"MONDAY\"]},"
                        + "\"status\":\"MAINTENANCE\"}");

        assertThat(etag(answer)).isEqualTo("\"1\"");
        JsonNode changed = answer.data();
        ObjectNode expected = machine.deepCopy();
        expected.put("model", "LTM 1060").putNull("nickname").put("timezone", "Europe/Madrid");
        expected.set("operatingHours", json(12.5));
        expected.set("usageSchedule", json(Map.of("dailyHours", 8, "operatingDays", List.of("MONDAY", "SUNDAY"))));
        expected.put("status", "MAINTENANCE").set("updatedAt", changed.get("updatedAt"));
        assertThat(changed).isEqualTo(expected);
        assertThat(owner.get(path(machine)).data()).isEqualTo(changed);

        JsonNode events = owner.get(path(machine) + "/events").data().get("items");
        assertThat(events).hasSize(3);
        assertThat(events.at("/0/type").textValue()).isEqualTo("STATUS_CHANGED");
        assertThat(events.at("/0/metadata")).isEqualTo(json(Map.of("from", "ACTIVE", "to", "MAINTENANCE")));
        assertThat(events.at("/1/type").textValue()).isEqualTo("MACHINE_UPDATED");
        assertThat(events.at("/1/actorId").textValue()).isEqualTo(text(owner));
        JsonNode changes = events.at("/1/metadata/changes");
        assertThat(changes.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "nickname", "operatingHours", "timezone", "usageSchedule");
        assertThat(changes.get("model")).isEqualTo(json(Map.of("from", "LTM 1050", "to", "LTM 1060")));
        assertThat(changes.at("/nickname/from").textValue()).isEqualTo("Old");
        assertThat(changes.at("/nickname/to").isNull()).isTrue();
        assertThat(changes.at("/operatingHours/from").toString()).isEqualTo("0");
        assertThat(changes.at("/operatingHours/to").toString()).isEqualTo("12.5");
        assertThat(changes.at("/usageSchedule/from/operatingDays").toString()).isEqualTo("[\"MONDAY\",\"FRIDAY\"]");
        assertThat(changes.at("/usageSchedule/to/operatingDays").toString()).isEqualTo("[\"MONDAY\",\"SUNDAY\"]");
        assertThat(changes.at("/timezone/to").textValue()).isEqualTo("Europe/Madrid");
    }

    @Test
    void aChangeToWhatIsAlreadySoChangesNothing() {
        JsonNode machine = machine(owner, provider);
        try (var devices = Devices.of(provider)) {
            ObjectNode same = machine.deepCopy();
            same.remove(List.of("id", "ownerId", "createdAt", "updatedAt"));
            for (String body : List.of(
                    "{}",
                    same.toString(),
                    "{\"operatingHours\":0.00}",
                    "{\"usageSchedule\":{\"dailyHours\":8.00,\"operatingDays\":[\"FRIDAY\",\"MONDAY\"]}}")) {
                Account.Answer answer = patch(owner, machine, body);
                assertThat(answer.data()).isEqualTo(machine);
                assertThat(etag(answer)).isEqualTo("\"0\"");
            }
            assertThat(versionOf(machine)).isZero();
            assertThat(types(owner, machine)).containsExactly("PROVIDER_ASSIGNED", "MACHINE_CREATED");
            devices.assertNothingMore();
        }
    }

    @Test
    void aChangeIsOfTheVersionThatItsAuthorHasSeen() {
        JsonNode machine = machine(owner);
        String path = path(machine);
        String first = "{\"nickname\":\"first\"}";
        assertThat(owner.send("PATCH", path, first).problem()).isEqualTo("428 precondition_required");
        assertThat(owner.send("DELETE", path, null).problem()).isEqualTo("428 precondition_required");
        assertThat(owner.send("PATCH", path, first, "If-Match", "0").problem()).isEqualTo("400 invalid_header");
        assertThat(owner.send("PATCH", path, first, "If-Match", "W/\"0\"").problem())
                .isEqualTo("412 version_conflict");
        assertThat(owner.send("PATCH", path, first, "If-Match", "\"1\"").problem())
                .isEqualTo("412 version_conflict");
        Account.Answer done = owner.send("PATCH", path, first, "If-Match", "\"0\"");
        assertThat(etag(done)).isEqualTo("\"1\"");
        assertThat(owner.send("PATCH", path, "{\"nickname\":\"second\"}", "If-Match", "\"0\"")
                        .problem())
                .isEqualTo("412 version_conflict");
        assertThat(owner.send("DELETE", path, null, "If-Match", "\"0\"").problem())
                .isEqualTo("412 version_conflict");
        assertThat(owner.get(path).data().get("nickname").textValue()).isEqualTo("first");

        assertThat(etag(owner.send("PATCH", path, "{\"nickname\":\"2\"}", "If-Match", "\"7\", \"1\"")))
                .isEqualTo("\"2\"");
        assertThat(etag(owner.send("PATCH", path, "{\"nickname\":\"3\"}", "If-Match", "\"7\"", "If-Match", "\"2\"")))
                .isEqualTo("\"3\"");
        assertThat(etag(owner.send("PATCH", path, "{\"nickname\":\"4\"}", "If-Match", "*")))
                .isEqualTo("\"4\"");
        assertThat(owner.send("DELETE", path, null, "If-Match", "\"4\"").data())
                .isEqualTo(json(Map.of("id", id(machine))));
    }

    @Test
    void ofTwoWhoChangeTheSameVersionOneLearnsIt() throws Exception {
        JsonNode machine = machine(owner);
        for (int round = 0; round < 5; round++) {
            String tag = etag(owner.get(path(machine)));
            var requests = new ArrayList<Callable<Account.Answer>>();
            for (int i = 0; i < 6; i++) {
                String body = "{\"nickname\":\"" + round + "-" + i + "\"}";
                requests.add(() -> owner.send("PATCH", path(machine), body, "If-Match", tag));
            }

            List<Account.Answer> answers = Fleet.atOnce(requests);

            List<Account.Answer> done =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(done).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() != 200).map(Account.Answer::problem))
                    .containsOnly("412 version_conflict");
            assertThat(owner.get(path(machine)).data()).isEqualTo(done.get(0).data());
        }
        assertThat(versionOf(machine)).isEqualTo(5);
        assertThat(Collections.frequency(types(owner, machine), "MACHINE_UPDATED"))
                .isEqualTo(5);
    }

    @Test
    void aProviderIsToldAtOnceThatAMachineIsTheirsAndThatItIsNoMore() {
        Account second = Account.register(Node.first(), "Second", "PROVIDER");
        try (var owners = Devices.of(owner);
                var firsts = Devices.of(provider);
                var seconds = Devices.of(second)) {
            Map<String, Object> body = bodyWith("assignedProviderId", provider.id());
            body.put("nickname", "Gorda");
            Account.Answer made = owner.post("machines", body);
            JsonNode machine = made.data();
            assertThat(etag(made)).isEqualTo("\"0\"");
            assertThat(machine.get("assignedProviderId").textValue()).isEqualTo(text(provider));
            JsonNode told = firsts.next("message").data();
            assertTold(told, "MACHINE_ASSIGNED", "assigned", machine);
            firsts.assertCounts(1, 0);
            assertThat(provider.get(path(machine)).data()).isEqualTo(machine);

            JsonNode changed = patch(owner, machine, "{\"assignedProviderId\":\"" + second.id() + "\"}")
                    .data();
            assertThat(changed.get("assignedProviderId").textValue()).isEqualTo(text(second));
            assertTold(firsts.next("message").data(), "MACHINE_UNASSIGNED", "unassigned", machine);
            assertTold(seconds.next("message").data(), "MACHINE_ASSIGNED", "assigned", machine);
            assertThat(provider.get(path(machine)).problem()).isEqualTo("404 machine_not_found");
            assertThat(second.get(path(machine)).data()).isEqualTo(changed);

            patch(owner, machine, "{\"assignedProviderId\":null}").data();
            assertTold(seconds.next("message").data(), "MACHINE_UNASSIGNED", "unassigned", machine);

            assertThat(history(owner, machine).subList(0, 4))
                    .containsExactly(
                            Fleet.line("PROVIDER_REMOVED", provider(second, "Second")),
                            Fleet.line("PROVIDER_ASSIGNED", provider(second, "Second")),
                            Fleet.line("PROVIDER_REMOVED", provider(provider, "Taller Überholt")),
                            Fleet.line("PROVIDER_ASSIGNED", provider(provider, "Taller Überholt")));
            owners.assertNothingMore();
            firsts.assertNothingMore();
            seconds.assertNothingMore();
        }
    }

    private static JsonNode provider(Account account, String name) {
        return json(Map.of("providerId", account.id(), "providerName", name));
    }

    private void assertTold(JsonNode told, String type, String key, JsonNode machine) {
        assertThat(told.get("type").textValue()).isEqualTo(type);
        assertThat(told.get("title").textValue()).isEqualTo("notification.machine." + key + ".title");
        assertThat(told.get("message").textValue()).isEqualTo("notification.machine." + key + ".description");
        assertThat(told.get("actionUrl").textValue()).isEqualTo("/machines/" + id(machine));
        assertThat(told.get("priority").textValue()).isEqualTo("NORMAL");
        assertThat(told.get("source").textValue()).isEqualTo("FLEET");
        assertThat(told.get("metadata"))
                .isEqualTo(json(Map.of(
                        "machineId", id(machine),
                        "machineName", machine.get("serialNumber"),
                        "nickname", machine.get("nickname"),
                        "ownerId", owner.id(),
                        "ownerName", "Grúas Ñandú")));
    }

    @Test
    void onlyAnActiveProviderCanBeAssigned() {
        JsonNode machine = machine(owner);
        Account gone = Account.register(Node.first(), "Gone", "PROVIDER");
        Fleet.deactivate(gone);
        for (Map.Entry<UUID, String> wrong : Map.of(
                        owner.id(), "not_a_provider",
                        Account.register(Node.first(), "Client").id(), "not_a_provider",
                        Fleet.administrator().id(), "not_a_provider",
                        gone.id(), "user_not_found",
                        UUID.randomUUID(), "user_not_found")
                .entrySet()) {
            Account.Answer made = owner.post("machines", bodyWith("assignedProviderId", wrong.getKey()));
            assertThat(made.problem()).isEqualTo("400 " + wrong.getValue());
            assertThat(blamed(made)).containsExactly("assignedProviderId:" + wrong.getValue());
            Account.Answer changed = patch(owner, machine, "{\"assignedProviderId\":\"" + wrong.getKey() + "\"}");
            assertThat(changed.problem()).isEqualTo("400 " + wrong.getValue());
            assertThat(blamed(changed)).containsExactly("assignedProviderId:" + wrong.getValue());
        }
        assertThat(versionOf(machine)).isZero();
        assertThat(types(owner, machine)).containsExactly("MACHINE_CREATED");
    }

    @Test
    void theProviderReportsStatusAndMeterAndNothingElse() {
        JsonNode machine = machine(owner, provider);
        JsonNode changed = patch(provider, machine, "{\"status\":\"OUT_OF_SERVICE\",\"operatingHours\":77}")
                .data();
        assertThat(changed.get("status").textValue()).isEqualTo("OUT_OF_SERVICE");
        assertThat(changed.get("operatingHours").toString()).isEqualTo("77");
        JsonNode event = owner.get(path(machine) + "/events").data().at("/items/0");
        assertThat(event.get("type").textValue()).isEqualTo("STATUS_CHANGED");
        assertThat(event.get("actorId").textValue()).isEqualTo(text(provider));
        assertThat(event.get("actorName").textValue()).isEqualTo("Taller Überholt");
        assertThat(event.get("systemGenerated").booleanValue()).isTrue();

        for (String body : List.of(
                "{\"nickname\":\"mine\"}",
                "{\"status\":\"ACTIVE\",\"model\":\"x\"}",
                "{\"assignedProviderId\":null}",
                "{\"usageSchedule\":{\"dailyHours\":1,\"operatingDays\":[]}}",
                "{\"timezone\":\"UTC\"}",
                "{\"status\":\"RETIRED\"}")) {
            assertThat(patch(provider, machine, body).problem()).as(body).isEqualTo("403 not_the_owner");
        }
        assertThat(Fleet.delete(provider, machine).problem()).isEqualTo("403 not_the_owner");
        assertThat(owner.get(path(machine)).data()).isEqualTo(changed);

        patch(owner, machine, "{\"status\":\"RETIRED\"}").data();
        assertThat(patch(provider, machine, "{\"status\":\"ACTIVE\"}").problem())
                .isEqualTo("403 not_the_owner");
        assertThat(patch(provider, machine, "{\"status\":\"RETIRED\",\"operatingHours\":78}")
                        .status())
                .isEqualTo(200);
        assertThat(patch(owner, machine, "{\"status\":\"ACTIVE\"}").status()).isEqualTo(200);
    }

    @Test
    void toStrangersThereIsNoMachineAndAdministratorsGovernAll() {
        JsonNode machine = machine(owner, provider);
        for (Account stranger : List.of(
                Account.register(Node.first(), "Client"), Account.register(Node.first(), "Other", "PROVIDER"))) {
            assertThat(stranger.get(path(machine)).problem()).isEqualTo("404 machine_not_found");
            assertThat(patch(stranger, machine, "{\"status\":\"ACTIVE\"}").problem())
                    .isEqualTo("404 machine_not_found");
            assertThat(stranger.send("PATCH", path(machine), "{}").problem()).isEqualTo("404 machine_not_found");
            assertThat(Fleet.delete(stranger, machine).problem()).isEqualTo("404 machine_not_found");
            assertThat(stranger.get("machines").data().get("items")).isEmpty();
        }
        assertThat(owner.get("machines/" + UUID.randomUUID()).problem()).isEqualTo("404 machine_not_found");
        assertThat(owner.get("machines/1").problem()).isEqualTo("400 invalid_uuid");
        assertThat(Account.exchange(Node.first(), "GET", path(machine), null).problem())
                .isEqualTo("401 unauthenticated");

        Account admin = Fleet.administrator();
        assertThat(admin.get(path(machine)).data()).isEqualTo(machine);
        assertThat(patch(admin, machine, "{\"model\":\"by admin\",\"assignedProviderId\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(Fleet.delete(admin, machine).status()).isEqualTo(200);
        assertThat(owner.get(path(machine)).problem()).isEqualTo("404 machine_not_found");
    }

    @Test
    void listsShowTheNewestFirstPageByPage() {
        var made = new ArrayList<JsonNode>();
        for (int i = 0; i < 5; i++) {
            made.add(0, machine(owner));
        }
        patch(owner, made.get(4), "{\"nickname\":\"changed\"}").data();
        made.set(4, owner.get(path(made.get(4))).data());

        var seen = new ArrayList<JsonNode>();
        JsonNode page = owner.get("machines?limit=2").data();
        machine(owner); // the pages after the first do not move
        seen.addAll(page.get("items").valueStream().toList());
        while (!page.get("nextCursor").isNull()) {
            assertThat(page.get("items")).hasSize(2);
            page = owner.get("machines?limit=2&cursor=" + page.get("nextCursor").textValue())
                    .data();
            seen.addAll(page.get("items").valueStream().toList());
        }
        assertThat(seen).isEqualTo(made);
        assertThat(owner.get("machines?limit=0").problem()).isEqualTo("400 invalid_limit");
        assertThat(owner.get("machines?limit=101").problem()).isEqualTo("400 invalid_limit");
        assertThat(owner.get("machines?cursor=x").problem()).isEqualTo("400 invalid_cursor");
        String foreign = owner.get(path(made.get(4)) + "/events?limit=1")
                .data()
                .get("nextCursor")
                .textValue();
        assertThat(owner.get("machines?cursor=" + foreign).problem()).isEqualTo("400 invalid_cursor");
    }

    private static List<String> models(Account account, String query) {
        return account.get("machines?" + query)
                .data()
                .get("items")
                .valueStream()
                .map(machine -> machine.get("model").textValue())
                .toList();
    }

    @Test
    void listsAreFiltered() {
        String brand = "Potaín " + UUID.randomUUID();
        make("A", brand, "50% off_", null);
        make("B", brand, "Ñandú\\", provider);
        make("C", brand + "2", null, null);
        patch(owner, owner.get("machines?limit=1").data().at("/items/0"), "{\"status\":\"MAINTENANCE\"}")
                .data();

        assertThat(models(owner, "")).containsExactly("C", "B", "A");
        assertThat(models(owner, "status=MAINTENANCE")).containsExactly("C");
        assertThat(models(owner, "status=ACTIVE")).containsExactly("B", "A");
        assertThat(models(
                        owner,
                        "brand="
                                + brand.toUpperCase(Locale.ROOT)
                                        .replace("Í", "I")
                                        .replace(" ", "%20")))
                .containsExactly("B", "A");
        assertThat(models(owner, "search=NANDU")).containsExactly("B");
        assertThat(models(owner, "search=0%25%20off_")).containsExactly("A");
        assertThat(models(owner, "search=0_off")).isEmpty();
        assertThat(models(owner, "search=%25")).containsExactly("A");
        assertThat(models(owner, "search=u%5C")).containsExactly("B");
        assertThat(models(owner, "search=potain")).containsExactly("C", "B", "A");
        assertThat(models(owner, "search=potain&status=ACTIVE&limit=1")).containsExactly("B");
        assertThat(models(owner, "role=owner")).containsExactly("C", "B", "A");
        assertThat(models(owner, "role=provider")).isEmpty();
        assertThat(models(provider, "")).containsExactly("B");
        assertThat(models(provider, "role=provider")).containsExactly("B");
        assertThat(models(provider, "role=owner")).isEmpty();
        assertThat(models(provider, "ownerId=" + owner.id())).containsExactly("B");

        Account admin = Fleet.administrator();
        assertThat(models(admin, "ownerId=" + owner.id())).containsExactly("C", "B", "A");
        assertThat(models(admin, "providerId=" + provider.id())).containsExactly("B");
        assertThat(models(admin, "brand=" + brand.replace(" ", "%20").replace("í", "i")))
                .containsExactly("B", "A");
        assertThat(models(admin, "role=owner")).isEmpty();

        assertThat(blamed(owner.get("machines?status=x&role=y&search=%20&brand=&ownerId=1&providerId=2")))
                .containsExactlyInAnyOrder(
                        "status:unknown_value",
                        "role:unknown_value",
                        "search:blank",
                        "brand:blank",
                        "ownerId:invalid_uuid",
                        "providerId:invalid_uuid");
        assertThat(blamed(owner.get("machines?search=" + "x".repeat(101)))).containsExactly("search:too_long");
        assertThat(blamed(owner.get("machines?search=a%00b"))).containsExactly("search:nul_character");
    }

    private void make(String model, String brand, @Nullable String nickname, @Nullable Account assigned) {
        Map<String, Object> body = bodyWith("model", model);
        body.put("brand", brand);
        if (nickname != null) {
            body.put("nickname", nickname);
        }
        if (assigned != null) {
            body.put("assignedProviderId", assigned.id());
        }
        owner.post("machines", body).data();
    }

    @Test
    void whatNothingHasHappenedToCanBeDeleted() {
        JsonNode machine = machine(owner, provider);
        Fleet.alarm(machine, UUID.randomUUID(), 0);
        patch(owner, machine, "{\"nickname\":\"x\",\"status\":\"OUT_OF_SERVICE\"}")
                .data();
        try (var devices = Devices.of(provider)) {
            assertThat(Fleet.delete(owner, machine).data()).isEqualTo(json(Map.of("id", id(machine))));

            assertThat(devices.next("message").data().get("type").textValue()).isEqualTo("MACHINE_UNASSIGNED");
            devices.assertNothingMore();
        }
        assertThat(Fleet.delete(owner, machine).problem()).isEqualTo("404 machine_not_found");
        assertThat(Rows.number("select count(*) from machine_event where machine_id = ?", id(machine)))
                .isZero();
        Map<String, Object> again = bodyWith("serialNumber", machine.get("serialNumber"));
        assertThat(owner.post("machines", again).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "alarm", "check"})
    void whatSomethingHasHappenedToIsRetiredInstead(String what) {
        JsonNode machine = machine(owner);
        switch (what) {
            case "entry" ->
                owner.post(path(machine) + "/events", Map.of("type", "STOP", "description", "x"))
                        .data();
            case "alarm" -> Fleet.alarm(machine, UUID.randomUUID(), 1);
            default -> Rows.update("""
                    insert into quick_check (id, machine_id, result, items, responsible_name, responsible_worker_id,
                      executed_by, executed_at) values (?, ?, 'approved', '[]', 'x', 'x', ?, now())""", UUID.randomUUID(), id(machine), owner.id());
        }

        Account.Answer refused = Fleet.delete(owner, machine);

        assertThat(refused.problem()).isEqualTo("409 machine_has_history");
        assertThat(refused.json().get("detail").textValue()).contains("RETIRED");
        assertThat(patch(owner, machine, "{\"status\":\"RETIRED\"}").status()).isEqualTo(200);
    }
}
