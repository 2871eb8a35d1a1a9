package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody looks over a machine: who may, against which template, what is stored, and what its owner learns. */
@InContainer
class QuickCheckIT {
    private final Account owner = Account.register(Node.first(), "Grúas Ñandú");
    private final Account provider = Account.register(Node.first(), "Taller Überholt", "PROVIDER");
    private final String serial = "LTM " + UUID.randomUUID();
    private final UUID machine = machine(serial, "Bertha 🚜");

    private UUID machine(String serialNumber, String nickname) {
        UUID id = UUID.randomUUID();
        Rows.update("""
                insert into machine (id, owner_id, assigned_provider_id, serial_number, brand, serial_key, brand_key,
                  search_key, model, nickname, status, daily_hours, operating_days, operating_hours, timezone,
                  accounted_to, created_at, updated_at)
                values (?, ?, ?, ?, 'Liebherr', ?, 'liebherr', '', '1030', nullif(?, ''), 'ACTIVE', 8, 127, 0, 'UTC',
                  current_date - 1, now(), now())""", id, owner.id(), provider.id(), serialNumber, serialNumber, nickname);
        return id;
    }

    private static Account administrator() {
        Account account = Account.register(Node.first(), "FleetMan");
        account.becomeAdministrator();
        return account.onAnotherDevice();
    }

    private static String path(UUID machine) {
        return "machines/" + machine + "/quick-checks";
    }

    private Account.Answer setTemplate(Account by, String... names) {
        return setTemplate(by, machine, names);
    }

    private static Account.Answer setTemplate(Account by, UUID machine, String... names) {
        List<Map<String, String>> items =
                List.of(names).stream().map(name -> Map.of("name", name)).toList();
        return by.send("PUT", path(machine) + "/template", Json.write(Map.of("items", items)));
    }

    /** @param items {@code Brakes=disapproved}, with a note {@code Brakes=disapproved=worn} */
    private static Map<String, Object> check(String result, String... items) {
        var sent = new ArrayList<Map<String, String>>();
        for (String item : items) {
            String[] parts = item.split("=", -1);
            var one = new LinkedHashMap<String, String>();
            one.put("name", parts[0]);
            one.put("result", parts[1]);
            if (parts.length > 2) {
                one.put("note", parts[2]);
            }
            sent.add(one);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("result", result);
        body.put("items", sent);
        body.put("responsibleName", "Ana Núñez");
        body.put("responsibleWorkerId", "W-1");
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var other = new LinkedHashMap<>(body);
        other.put(field, value);
        return other;
    }

    private Account.Answer post(Account by, Map<String, Object> body, String... headers) {
        return by.post(path(machine), body, headers);
    }

    private static List<String> blamed(Account.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error ->
                        error.path("field").asText() + ":" + error.path("code").asText())
                .toList();
    }

    private static String id(Account account) {
        return account.id().toString();
    }

    /** All that a quick check leaves. */
    private String stored() {
        return String.valueOf(Rows.texts("""
                        select concat_ws(' ', (select count(*) from quick_check c where c.machine_id = m.id),
                          (select count(*) from machine_event e where e.machine_id = m.id and e.type like 'QUICKCHECK%'),
                          (select count(*) from notification n where n.user_id in (?, ?)),
                          (select sum(last_seq) from inbox i where i.user_id in (?, ?)))
                        from machine m where m.id = ?""", owner.id(), provider.id(), owner.id(), provider.id(), machine)
                .get(0));
    }

    @Test
    void aTemplateIsSetAndReadByThoseWhoSeeTheMachine() {
        assertThat(owner.get(path(machine) + "/template").problem()).isEqualTo("404 template_not_found");
        JsonNode set = setTemplate(owner, " Brakes ", "Öl", "🚜 horn").data();
        assertThat(set.fieldNames()).toIterable().containsExactly("machineId", "items", "updatedBy", "updatedAt");
        assertThat(set.get("machineId").textValue()).isEqualTo(machine.toString());
        assertThat(set.get("items").toString())
                .isEqualTo("[{\"name\":\"Brakes\"},{\"name\":\"Öl\"},{\"name\":\"🚜 horn\"}]");
        assertThat(set.get("updatedBy").textValue()).isEqualTo(id(owner));
        assertThat(set.get("updatedAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        Account admin = administrator();
        for (Account reader : List.of(owner, provider, admin)) {
            assertThat(reader.get(path(machine) + "/template").data()).isEqualTo(set);
        }

        // The same again is no change, whoever says it.
        assertThat(setTemplate(provider, "Brakes", "Öl", "🚜 horn").data()).isEqualTo(set);
        assertThat(setTemplate(provider, "Öl", "Brakes").data().get("updatedBy").textValue())
                .isEqualTo(id(provider));
        assertThat(setTemplate(admin, "Öl").data().get("updatedBy").textValue()).isEqualTo(id(admin));
        assertThat(Rows.texts("select actor_id from machine_event where machine_id = ? order by number", machine))
                .containsExactly(id(owner), id(provider), id(admin));
        assertThat(Rows.texts(
                        "select concat_ws(' ', type, title, metadata) from machine_event where machine_id = ?"
                                + " order by number desc limit 1",
                        machine))
                .containsExactly("QUICKCHECK_TEMPLATE_CHANGED machine.event.quickcheck_template_changed.title"
                        + " {\"items\": [\"Öl\"]}");
    }

    @Test
    void aWrongTemplateLeavesTheOldOne() {
        setTemplate(owner, "Brakes").data();
        assertThat(blamed(setTemplate(owner))).containsExactly("items:too_few");
        assertThat(blamed(setTemplate(owner, "Oil", "OIL", " ", "x".repeat(101))))
                .containsExactly("items.1.name:duplicate_item", "items.2.name:blank", "items.3.name:too_long");
        assertThat(setTemplate(owner, "Oil", "OIL").problem()).isEqualTo("400 validation_failed");
        assertThat(owner.send("PUT", path(machine) + "/template", "{\"items\":[\"Oil\"]}")
                        .problem())
                .isEqualTo("400 wrong_type");
        assertThat(owner.put(path(machine) + "/template").problem())
                .isIn("400 body_required", "415 unsupported_media_type");
        assertThat(owner.get(path(machine) + "/template").data().get("items").toString())
                .isEqualTo("[{\"name\":\"Brakes\"}]");
        assertThat(stored()).startsWith("0 1 ");
    }

    @Test
    void aDisapprovedCheckOfTheProviderReachesTheOwnersStreamWithWhatFailed() {
        setTemplate(owner, "Brakes", "Öl", "Lights", "Horn").data();
        try (var owners = Devices.of(owner);
                var providers = Devices.of(provider)) {
            Account.Answer answer = post(
                    provider,
                    with(
                            check(
                                    "disapproved",
                                    "Horn=omitted",
                                    "Öl=disapproved",
                                    "Brakes=disapproved= ¿gastadas? 🔧 ",
                                    "Lights=approved"),
                            "observations",
                            " in the rain\n"));

            JsonNode check = answer.data();
            String id = check.get("id").textValue();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.http().headers().firstValue("Location").orElse(""))
                    .startsWith("http")
                    .endsWith("/api/v1/machines/" + machine + "/quick-checks/" + id);
            assertThat(check.get("executedAt").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(check.toString())
                    .isEqualTo("{\"id\":\"" + id + "\",\"machineId\":\"" + machine + "\",\"result\":\"disapproved\","
                            + "\"items\":[{\"name\":\"Brakes\",\"result\":\"disapproved\",\"note\":\"¿gastadas? 🔧\"},"
                            + "{\"name\":\"Öl\",\"result\":\"disapproved\",\"note\":null},"
                            + "{\"name\":\"Lights\",\"result\":\"approved\",\"note\":null},"
                            + "{\"name\":\"Horn\",\"result\":\"omitted\",\"note\":null}],"
                            + "\"responsibleName\":\"Ana Núñez\",\"responsibleWorkerId\":\"W-1\","
                            + "\"observations\":\"in the rain\",\"executedById\":\"" + provider.id()
                            + "\",\"executedByName\":\"Taller Überholt\",\"executedAt\":\""
                            + check.get("executedAt").textValue() + "\"}");

            JsonNode told = owners.next("message").data();
            String failed = "[{\"name\":\"Brakes\",\"note\":\"¿gastadas? 🔧\"},{\"name\":\"Öl\",\"note\":null}]";
            assertThat(told.toString())
                    .isEqualTo("{\"id\":\"" + told.get("id").textValue() + "\",\"userId\":\"" + owner.id()
                            + "\",\"type\":\"QUICKCHECK_DISAPPROVED\","
                            + "\"title\":\"notification.quickcheck.disapproved.title\","
                            + "\"message\":\"notification.quickcheck.disapproved.description\",\"metadata\":"
                            + metadata(told, id, "disapproved", "1,2,1", failed) + ",\"actionUrl\":\"/machines/"
                            + machine
                            + "/quick-checks\",\"priority\":\"HIGH\",\"source\":\"QUICKCHECK\",\"createdAt\":\""
                            + told.get("createdAt").textValue()
                            + "\",\"seenAt\":null,\"readAt\":null,\"archivedAt\":null,\"count\":1,"
                            + "\"counts\":{\"notifications\":1,\"messages\":0}}");
            assertThat(owner.get("notifications?source=QUICKCHECK&priority=HIGH")
                            .data()
                            .at("/items/0/metadata"))
                    .isEqualTo(told.get("metadata"));
            owners.assertNothingMore();
            owners.assertCounts(1, 0);
            providers.assertNothingMore();
            providers.assertCounts(0, 0);

            assertThat(Rows.texts(
                            "select concat_ws(' ', type, title, actor_id, system_generated) from machine_event"
                                    + " where machine_id = ? order by number desc limit 1",
                            machine))
                    .containsExactly("QUICKCHECK_DISAPPROVED machine.event.quickcheck_disapproved.title "
                            + provider.id() + " t");
            assertThat(event())
                    .isEqualTo(Json.tree("{\"quickCheckId\":\"" + id + "\",\"result\":\"disapproved\","
                            + "\"responsibleName\":\"Ana Núñez\",\"approvedCount\":1,\"disapprovedCount\":2,"
                            + "\"omittedCount\":1,\"failedItems\":" + failed + "}"));
        }
    }

    private JsonNode event() {
        return Json.tree(String.valueOf(Rows.texts(
                        "select metadata from machine_event where machine_id = ? order by number desc limit 1", machine)
                .get(0)));
    }

    /** What it must be, in the order of its fields, in which only the values are fixed. */
    private JsonNode metadata(JsonNode told, String check, String result, String counts, String failed) {
        String[] count = counts.split(",", -1);
        JsonNode expected = Json.tree("{\"machineId\":\"" + machine + "\",\"machineName\":\"" + serial
                + "\",\"nickname\":\"Bertha 🚜\",\"quickCheckId\":\"" + check + "\",\"result\":\"" + result
                + "\",\"responsibleName\":\"Ana Núñez\",\"executedById\":\"" + provider.id()
                + "\",\"executedByName\":\"Taller Überholt\",\"approvedCount\":" + count[0] + ",\"disapprovedCount\":"
                + count[1] + ",\"omittedCount\":" + count[2]
                + (failed.isEmpty() ? "" : ",\"failedItems\":" + failed) + "}");
        assertThat(told.get("metadata")).isEqualTo(expected);
        return told.get("metadata");
    }

    @Test
    void theOtherResultsAreToldWithoutPressing() {
        setTemplate(provider, "Brakes", "Oil").data();
        try (var owners = Devices.of(owner)) {
            String approved = post(provider, check("approved", "Brakes=approved=as new", "Oil=omitted"))
                    .data()
                    .get("id")
                    .textValue();
            JsonNode told = owners.next("message").data();
            assertThat(told.get("type").textValue()).isEqualTo("QUICKCHECK_APPROVED");
            assertThat(told.get("title").textValue()).isEqualTo("notification.quickcheck.approved.title");
            assertThat(told.get("message").textValue()).isEqualTo("notification.quickcheck.approved.description");
            assertThat(told.get("priority").textValue()).isEqualTo("NORMAL");
            metadata(told, approved, "approved", "1,0,1", "");
            assertThat(event().get("quickCheckId").textValue()).isEqualTo(approved);

            String none = post(provider, check("notInitiated", "Brakes=omitted", "Oil=omitted"))
                    .data()
                    .get("id")
                    .textValue();
            told = owners.next("message").data();
            assertThat(told.get("type").textValue()).isEqualTo("QUICKCHECK_NOT_INITIATED");
            assertThat(told.get("title").textValue()).isEqualTo("notification.quickcheck.not_initiated.title");
            assertThat(told.get("message").textValue()).isEqualTo("notification.quickcheck.not_initiated.description");
            assertThat(told.get("priority").textValue()).isEqualTo("NORMAL");
            metadata(told, none, "notInitiated", "0,0,2", "");
            owners.assertNothingMore();
            owners.assertCounts(2, 0);
        }
        assertThat(Rows.texts("select type from machine_event where machine_id = ? order by number", machine))
                .containsExactly("QUICKCHECK_TEMPLATE_CHANGED", "QUICKCHECK_APPROVED", "QUICKCHECK_NOT_INITIATED");
    }

    @Test
    void theOwnerIsToldOfTheOwnChecksAndOfTheAdministratorsToo() {
        setTemplate(owner, "Oil").data();
        Account admin = administrator();
        try (var owners = Devices.of(owner)) {
            for (Account by : List.of(owner, admin)) {
                JsonNode check = post(by, check("approved", "Oil=approved")).data();
                assertThat(check.get("executedById").textValue()).isEqualTo(id(by));
                assertThat(owners.next("message")
                                .data()
                                .at("/metadata/executedById")
                                .textValue())
                        .isEqualTo(id(by));
            }
            owners.assertNothingMore();
            owners.assertCounts(2, 0);
        }
        Rows.update("update machine set assigned_provider_id = null where id = ?", machine);
        assertThat(post(owner, check("approved", "Oil=approved")).status()).isEqualTo(201);
    }

    @Test
    void aStrangersMachineDoesNotExist() {
        setTemplate(owner, "Oil").data();
        String check = post(provider, check("approved", "Oil=approved"))
                .data()
                .get("id")
                .textValue();
        Account stranger = Account.register(Node.first(), "Stranger", "PROVIDER");
        Account former = provider;
        Rows.update("update machine set assigned_provider_id = null where id = ?", machine);
        String before = stored();
        for (Account nobody : List.of(stranger, former)) {
            for (UUID id : List.of(machine, UUID.randomUUID())) {
                assertThat(setTemplate(nobody, id, "Mine").problem()).isEqualTo("404 machine_not_found");
                assertThat(nobody.post(path(id), check("approved", "Oil=approved"))
                                .problem())
                        .isEqualTo("404 machine_not_found");
                for (String what : List.of("", "/template", "/" + check)) {
                    assertThat(nobody.get(path(id) + what).problem()).isEqualTo("404 machine_not_found");
                }
            }
        }
        assertThat(Account.exchange(Node.first(), "GET", path(machine), null).problem())
                .isEqualTo("401 unauthenticated");
        assertThat(owner.get("machines/7/quick-checks").problem()).isEqualTo("400 invalid_uuid");
        assertThat(owner.get(path(machine) + "/7").problem()).isEqualTo("400 invalid_uuid");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatIsWrongIsNamedAndLeavesNothing() {
        String untouched = stored();
        assertThat(post(provider, check("approved", "Oil=approved")).problem()).isEqualTo("409 template_missing");
        assertThat(stored()).isEqualTo(untouched);
        setTemplate(owner, "Brakes", "Oil", "Lights").data();
        String before = stored();
        Map<String, Object> good = check("approved", "Brakes=approved", "Oil=omitted", "Lights=approved");

        assertThat(blamed(post(provider, check("approved", "Brakes=approved", "oil=approved", "Brakes=omitted"))))
                .containsExactly("items.1.name:unknown_item", "items.2.name:duplicate_item", "items:missing_item");
        Account.Answer missing = post(provider, check("approved", "Brakes=approved"));
        assertThat(missing.problem()).isEqualTo("400 validation_failed");
        assertThat(missing.json().at("/errors/0/message").textValue()).contains("Oil, Lights");
        for (String wrong : List.of("disapproved", "notInitiated")) {
            Account.Answer answer = post(provider, with(good, "result", wrong));
            assertThat(answer.problem()).isEqualTo("400 validation_failed");
            assertThat(blamed(answer)).containsExactly("result:contradicts_items");
        }
        assertThat(blamed(post(provider, check("approved", "Brakes=approved", "Oil=disapproved", "Lights=approved"))))
                .containsExactly("result:contradicts_items");
        assertThat(blamed(post(provider, check("approved", "Brakes=omitted", "Oil=omitted", "Lights=omitted"))))
                .containsExactly("result:contradicts_items");
        assertThat(blamed(post(provider, Map.of())))
                .containsExactly(
                        "result:required",
                        "items:required",
                        "responsibleName:required",
                        "responsibleWorkerId:required");
        assertThat(blamed(post(
                        provider,
                        with(
                                with(check("maybe", "Oil=fine=" + "x".repeat(501)), "observations", "x".repeat(1_001)),
                                "responsibleName",
                                "\u3000"))))
                .containsExactly(
                        "result:unknown_value",
                        "items.0.result:unknown_value",
                        "items.0.note:too_long",
                        "responsibleName:blank",
                        "observations:too_long");
        assertThat(post(provider, with(good, "executedById", id(owner))).problem())
                .isEqualTo("400 unknown_field");
        assertThat(post(provider, with(good, "items", "Oil")).problem()).isEqualTo("400 wrong_type");
        assertThat(blamed(post(provider, good, "Idempotency-Key", "k".repeat(256))))
                .containsExactly("Idempotency-Key:too_long");
        assertThat(provider.send("POST", path(machine), "{\"result\":\"a\\u0000\"}")
                        .problem())
                .isEqualTo("400 nul_character");

        assertThat(stored()).isEqualTo(before);
        assertThat(post(provider, good).status()).isEqualTo(201);
    }

    @Test
    void aRetiredMachineTakesNoneAndOthersDo() {
        setTemplate(owner, "Oil").data();
        Rows.update("update machine set status = 'RETIRED' where id = ?", machine);
        String before = stored();
        for (Account by : List.of(owner, provider, administrator())) {
            assertThat(post(by, check("approved", "Oil=approved")).problem()).isEqualTo("409 machine_retired");
        }
        assertThat(stored()).isEqualTo(before);
        assertThat(owner.get(path(machine)).data().get("items")).isEmpty();
        for (String status : List.of("ACTIVE", "MAINTENANCE", "OUT_OF_SERVICE")) {
            Rows.update("update machine set status = ? where id = ?", status, machine);
            assertThat(post(provider, check("approved", "Oil=approved")).status())
                    .as(status)
                    .isEqualTo(201);
        }
    }

    @Test
    void aRetryIsAnsweredWithTheFirstResult() {
        setTemplate(owner, "Brakes", "Oil").data();
        Map<String, Object> sent = check("disapproved", "Brakes=approved", "Oil=disapproved=leaks");
        String key = "key " + UUID.randomUUID();
        JsonNode first = post(provider, sent, "Idempotency-Key", key).data();
        String before = stored();

        Account.Answer again = post(
                provider, check("disapproved", " Oil =disapproved= leaks", "Brakes=approved"), "Idempotency-Key", key);
        assertThat(again.data()).isEqualTo(first);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.http().headers().firstValue("Location").orElse(""))
                .endsWith("/" + first.get("id").textValue());
        for (Map<String, Object> other : List.of(
                check("disapproved", "Brakes=approved", "Oil=disapproved"),
                check("disapproved", "Brakes=omitted", "Oil=disapproved=leaks"),
                check("approved", "Brakes=approved", "Oil=approved"),
                check("disapproved", "Oil=disapproved=leaks"),
                with(sent, "responsibleName", "Other"),
                with(sent, "responsibleWorkerId", "W-2"),
                with(sent, "observations", "other"))) {
            assertThat(post(provider, other, "Idempotency-Key", key).problem()).isEqualTo("422 idempotency_key_reused");
        }
        UUID another = machine(serial + " II", "");
        setTemplate(owner, another, "Brakes", "Oil").data();
        assertThat(provider.post(path(another), sent, "Idempotency-Key", key).problem())
                .isEqualTo("422 idempotency_key_reused");
        // Even if it could not be recorded any more.
        setTemplate(owner, "Tyres").data();
        assertThat(post(provider, sent, "Idempotency-Key", key).data()).isEqualTo(first);
        Rows.update("update machine set status = 'RETIRED' where id = ?", machine);
        assertThat(post(provider, sent, "Idempotency-Key", key).data()).isEqualTo(first);
        Rows.update(
                "delete from machine_event where machine_id = ? and metadata @> '{\"items\": [\"Tyres\"]}'", machine);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aKeyOfOneUserIsNoKeyOfAnotherAndARefusedOneIsFree() {
        Map<String, Object> sent = check("approved", "Oil=approved");
        assertThat(post(provider, sent, "Idempotency-Key", "k").problem()).isEqualTo("409 template_missing");
        setTemplate(owner, "Oil").data();
        JsonNode one = post(provider, sent, "Idempotency-Key", "k").data();
        JsonNode other = post(owner, sent, "Idempotency-Key", "k").data();

        assertThat(one.get("id")).isNotEqualTo(other.get("id"));
        assertThat(post(owner, sent).data().get("id")).isNotEqualTo(other.get("id"));
    }

    @Test
    void aCheckSentManyTimesAtOnceIsOneCheck() throws Exception {
        setTemplate(owner, "Oil").data();
        Map<String, Object> sent = check("disapproved", "Oil=disapproved=leaks");
        try (var owners = Devices.of(owner)) {
            List<JsonNode> answers = atOnce(Collections.nCopies(
                    20, () -> post(provider, sent, "Idempotency-Key", "storm").data()));

            assertThat(new HashSet<>(answers)).hasSize(1);
            owners.next("message");
            owners.assertNothingMore();
            owners.assertCounts(1, 0);
        }
        assertThat(stored()).startsWith("1 2 1 ");
    }

    @Test
    void oneKeyAtTwoMachinesAtOnceIsOneCheckToo() throws Exception {
        UUID another = machine(serial + " II", "");
        setTemplate(owner, "Oil").data();
        setTemplate(owner, another, "Oil").data();
        Map<String, Object> sent = check("approved", "Oil=approved");
        // Nobody but the administrator has to do with both machines.
        Account otherOwner = Account.register(Node.first(), "Other");
        Rows.update(
                "update machine set owner_id = ?, assigned_provider_id = null where id = ?", otherOwner.id(), another);
        Account admin = administrator();
        for (int round = 0; round < 5; round++) {
            String key = "key " + round;
            var requests = new ArrayList<Callable<String>>();
            for (int i = 0; i < 20; i++) {
                UUID at = i % 2 == 0 ? machine : another;
                requests.add(
                        () -> admin.post(path(at), sent, "Idempotency-Key", key).problem());
            }
            assertThat(atOnce(requests)).containsOnly("201 ", "422 idempotency_key_reused");
            assertThat(Rows.number(
                            "select count(*) from quick_check where executed_by = ? and idempotency_key = ?",
                            admin.id(),
                            key))
                    .isEqualTo(1);
        }
        assertThat(Rows.number(
                        "select sum(unread_notifications) from inbox where user_id in (?, ?)",
                        owner.id(),
                        otherOwner.id()))
                .isEqualTo(5);
    }

    private static <T> List<T> atOnce(List<Callable<T>> requests) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    @Test
    void checksAndTemplateChangesAtOnceLeaveWholeRecords() throws Exception {
        setTemplate(owner, "A").data();
        var requests = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 10; i++) {
            String[] names = i % 2 == 0 ? new String[] {"A", "B"} : new String[] {"A"};
            requests.add(() -> setTemplate(owner, names).status());
            requests.add(() -> post(provider, check("approved", "A=approved")).status());
            requests.add(() ->
                    post(owner, check("approved", "A=approved", "B=omitted")).status());
        }
        List<Integer> answers = atOnce(requests);

        assertThat(answers).containsOnly(200, 201, 400);
        long recorded = answers.stream().filter(status -> status == 201).count();
        assertThat(Rows.number("select count(*) from quick_check where machine_id = ?", machine))
                .isEqualTo(recorded);
        assertThat(Rows.number(
                        "select count(*) from machine_event where machine_id = ? and type = 'QUICKCHECK_APPROVED'",
                        machine))
                .isEqualTo(recorded);
        assertThat(Rows.number("select unread_notifications from inbox where user_id = ?", owner.id()))
                .isEqualTo(recorded);
    }

    @Test
    void theListIsPagedNewestFirstAndFilteredByResult() {
        setTemplate(owner, "Oil").data();
        UUID another = machine(serial + " II", "");
        setTemplate(owner, another, "Oil").data();
        owner.post(path(another), check("approved", "Oil=approved")).data();
        var recorded = new ArrayList<JsonNode>();
        for (int i = 0; i < 3; i++) {
            recorded.add(post(provider, check("approved", "Oil=approved")).data());
            recorded.add(post(owner, check("disapproved", "Oil=disapproved")).data());
        }
        recorded.add(post(owner, check("notInitiated", "Oil=omitted")).data());
        Collections.reverse(recorded);

        for (Account reader : List.of(owner, provider, administrator())) {
            assertThat(all(reader, "?limit=3")).isEqualTo(recorded);
        }
        assertThat(all(owner, "?limit=2&result=disapproved"))
                .isEqualTo(recorded.stream()
                        .filter(check -> check.get("result").textValue().equals("disapproved"))
                        .toList());
        assertThat(all(owner, "?result=notInitiated")).containsExactly(recorded.get(0));
        for (JsonNode check : recorded) {
            assertThat(provider.get(path(machine) + "/" + check.get("id").textValue())
                            .data())
                    .isEqualTo(check);
            assertThat(provider.get(path(another) + "/" + check.get("id").textValue())
                            .problem())
                    .isEqualTo("404 quick_check_not_found");
        }
        assertThat(owner.get(path(machine) + "/" + UUID.randomUUID()).problem()).isEqualTo("404 quick_check_not_found");
        assertThat(blamed(owner.get(path(machine) + "?result=good"))).containsExactly("result:unknown_value");
        assertThat(owner.get(path(machine) + "?cursor=x").problem()).isEqualTo("400 invalid_cursor");
        assertThat(owner.get(path(machine) + "?limit=0").problem()).isEqualTo("400 invalid_limit");
    }

    private List<JsonNode> all(Account reader, String query) {
        var all = new ArrayList<JsonNode>();
        String next = "";
        do {
            JsonNode page = reader.get(path(machine) + query + next).data();
            page.get("items").forEach(all::add);
            next = page.get("nextCursor").isNull()
                    ? ""
                    : (query.isEmpty() ? "?" : "&") + "cursor="
                            + page.get("nextCursor").textValue();
        } while (!next.isEmpty());
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e\u0301 is not \u00e9",
                "שלום \u202bעולם\u202c مرحبا",
                "👩\u200d👩\u200d👧\u200d👦 🏴\udb40\udc67\udb40\udc62\udb40\udc7f",
                "\uffff\ufffe \udbff\udfff \ud800\udc00",
                "a\nb\r\nc\td\u0085e\u2028f",
                "data: x\n\nevent: y\nid: 99\n\n: z",
                "\"quoted\" \\ \\u0041 </script> ' -- %s ${x}",
                "\u0001\u001b[31m\u007f",
            })
    void anyUnicodeComesThroughUnchanged(String text) {
        assertThat(setTemplate(owner, text).data().at("/items/0/name").textValue())
                .isEqualTo(text);
        var body = new LinkedHashMap<String, Object>();
        body.put("result", "disapproved");
        body.put("items", List.of(Map.of("name", text, "result", "disapproved", "note", text)));
        body.put("responsibleName", text);
        body.put("responsibleWorkerId", text);
        body.put("observations", text);
        try (var owners = Devices.of(owner)) {
            JsonNode check = post(provider, body).data();
            assertThat(check).isEqualTo(all(owner, "").get(0));
            assertThat(check.get("responsibleName").textValue()).isEqualTo(text);
            assertThat(check.get("responsibleWorkerId").textValue()).isEqualTo(text);
            assertThat(check.get("observations").textValue()).isEqualTo(text);
            assertThat(check.at("/items/0/name").textValue()).isEqualTo(text);
            assertThat(check.at("/items/0/note").textValue()).isEqualTo(text);
            JsonNode metadata = owners.next("message").data().get("metadata");
            assertThat(metadata.get("responsibleName").textValue()).isEqualTo(text);
            assertThat(metadata.at("/failedItems/0/name").textValue()).isEqualTo(text);
            assertThat(metadata.at("/failedItems/0/note").textValue()).isEqualTo(text);
            assertThat(event().at("/failedItems/0/note").textValue()).isEqualTo(text);
        }
    }

    @Test
    void fiftyFailuresWithLongNotesFitIntoTheNotificationAndAreKeptWhole() {
        var names = new ArrayList<String>();
        var items = new ArrayList<String>();
        for (int i = 10; i < 60; i++) {
            names.add(i + "漢".repeat(98));
            items.add(names.get(names.size() - 1) + "=disapproved=" + "漢".repeat(200));
        }
        setTemplate(owner, names.toArray(String[]::new)).data();
        try (var owners = Devices.of(owner)) {
            JsonNode check = post(provider, check("disapproved", items.toArray(String[]::new)))
                    .data();

            assertThat(check.get("items")).hasSize(50).allSatisfy(item -> {
                assertThat(item.get("name").textValue()).hasSize(100);
                assertThat(item.get("note").textValue()).hasSize(200);
            });
            JsonNode metadata = owners.next("message").data().get("metadata");
            assertThat(metadata.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8_192);
            assertThat(metadata.get("failedItems")).hasSize(50);
            for (int i = 0; i < 50; i++) {
                String name = metadata.at("/failedItems/" + i + "/name").textValue();
                assertThat(names.get(i)).startsWith(name);
                assertThat(name).hasSizeGreaterThanOrEqualTo(10);
            }
        }
    }
}
