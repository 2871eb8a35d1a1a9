package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What tests of machines do over and over. */
final class Fleet {
    private Fleet() {}

    /** The body of a machine with a serial number of its own; it works eight hours on two days. */
    static Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("serialNumber", "S-" + UUID.randomUUID());
        body.put("brand", "Liebherr");
        body.put("model", "LTM 1050");
        body.put("usageSchedule", Map.of("dailyHours", 8, "operatingDays", List.of("MONDAY", "FRIDAY")));
        body.put("timezone", "America/New_York");
        return body;
    }

    static Map<String, Object> bodyWith(String field, Object value) {
        Map<String, Object> body = body();
        body.put(field, value);
        return body;
    }

    /** A new machine of the owner, without a provider. */
    static JsonNode machine(Account owner) {
        return owner.post("machines", body()).data();
    }

    static JsonNode machine(Account owner, Account provider) {
        return owner.post("machines", bodyWith("assignedProviderId", provider.id()))
                .data();
    }

    static String path(JsonNode machine) {
        return "machines/" + machine.get("id").textValue();
    }

    static UUID id(JsonNode machine) {
        return UUID.fromString(machine.get("id").textValue());
    }

    /** Changes whatever version there is. */
    static Account.Answer patch(Account account, JsonNode machine, String json) {
        return account.send("PATCH", path(machine), json, "If-Match", "*");
    }

    static Account.Answer delete(Account account, JsonNode machine) {
        return account.send("DELETE", path(machine), null, "If-Match", "*");
    }

    static String etag(Account.Answer answer) {
        return answer.http().headers().firstValue("ETag").orElse("none");
    }

    /** A new administrator, signed in. */
    static Account administrator() {
        Account admin = Account.register(Node.first(), "Admin");
        admin.becomeAdministrator();
        return admin.onAnotherDevice();
    }

    static void deactivate(Account account) {
        assertThat(administrator()
                        .post("admin/users/" + account.id() + "/deactivate", null)
                        .status())
                .isEqualTo(200);
    }

    /** The history as the account reads it, newest first, each line as {@link #line}. */
    static List<String> history(Account account, JsonNode machine) {
        return account.get(path(machine) + "/events?limit=100")
                .data()
                .get("items")
                .valueStream()
                .map(event -> line(event.get("type").textValue(), event.get("metadata")))
                .toList();
    }

    /** A line of a history in short, its metadata in the order of their names. */
    static String line(String type, JsonNode metadata) {
        var sorted = new TreeMap<String, JsonNode>();
        metadata.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
        return type + " " + sorted;
    }

    static List<String> types(Account account, JsonNode machine) {
        return history(account, machine).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** The fields that a problem blames, with their codes: {@code brand:required}. */
    static List<String> blamed(Account.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error ->
                        error.path("field").asText() + ":" + error.path("code").asText())
                .toList();
    }

    static JsonNode json(Object value) {
        return Json.tree(Json.write(value));
    }

    /** A maintenance alarm, past the application. */
    static UUID alarm(JsonNode machine, UUID id, int timesTriggered) {
        Rows.update("""
                insert into maintenance_alarm (id, machine_id, title, related_parts, interval_hours, accumulated_hours,
                  active, times_triggered, pending, counts_from, created_at, updated_at)
                values (?, ?, 'Oil', '[]', 250, 0, true, ?, 0, '2026-01-01', now(), now())""", id, id(machine), timesTriggered);
        return id;
    }

    static <T> List<T> atOnce(List<Callable<T>> requests) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
