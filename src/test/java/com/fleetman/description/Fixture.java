package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fleetman.description.Described.Operation;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users with all that the paths of the API can name, and the requests that the description stands for. */
final class Fixture {
    final Account owner;
    final Account provider;
    final Account stranger;
    final Account admin;
    private final Account spare;
    private final String machine;
    private final String alarm;
    private final String check;
    private final String notification;
    private final String message;
    private final String mailing;

    Fixture() {
        Account[] friends = Account.friends(Node.first(), "Described owner", "Described provider");
        owner = friends[0];
        provider = friends[1];
        stranger = Account.register(Node.first(), "Described stranger");
        spare = Account.register(Node.first(), "Described spare");
        Account registered = Account.register(Node.first(), "Described admin");
        registered.becomeAdministrator();
        admin = registered.onAnotherDevice();
        machine = id(owner.post("machines", machineOf(provider.id())));
        owner.send("PUT", "machines/" + machine + "/quick-checks/template", "{\"items\":[{\"name\":\"Brakes\"}]}")
                .data();
        alarm = id(owner.post(
                "machines/" + machine + "/maintenance-alarms", Map.of("title", "Oil", "intervalHours", 250)));
        check = id(owner.post(
                "machines/" + machine + "/quick-checks",
                Map.of(
                        "result",
                        "approved",
                        "responsibleName",
                        "Ana",
                        "responsibleWorkerId",
                        "1",
                        "items",
                        List.of(Map.of("name", "Brakes", "result", "approved")))));
        message = provider.write(owner, "hello").get("id").textValue();
        notification = owner.get("notifications").data().at("/items/0/id").textValue();
        mailing = id(admin.post(
                "admin/notifications",
                Map.of(
                        "recipients",
                        Map.of("userIds", List.of(spare.id())),
                        "type",
                        "NEWS",
                        "title",
                        "News",
                        "message",
                        "All is well.")));
    }

    private static Map<String, Object> machineOf(UUID provider) {
        return Map.of(
                "serialNumber",
                "S-" + UUID.randomUUID(),
                "brand",
                "Liebherr",
                "model",
                "LTM",
                "assignedProviderId",
                provider,
                "usageSchedule",
                Map.of("dailyHours", 8, "operatingDays", List.of("MONDAY")),
                "operatingHours",
                10,
                "timezone",
                "UTC");
    }

    private static String id(Account.Answer made) {
        return made.data().get("id").textValue();
    }

    /** A machine of the owner's that has no history, which alone can be deleted. */
    private String newMachine() {
        return id(owner.post("machines", machineOf(provider.id())));
    }

    /** Everything that the owner has, by which others' answers can be searched. */
    List<String> possessions() {
        return List.of(machine, alarm, check, notification, message);
    }

    List<UUID> users() {
        return List.of(owner.id(), provider.id(), stranger.id(), spare.id(), admin.id());
    }

    /** Who may make this call. */
    Account caller(Operation operation) {
        return operation.role().isPresent() ? admin : owner;
    }

    /** The path with ids of what there is; a random one where the name says nothing. */
    String path(Operation operation) {
        String path = operation.path();
        for (String name : operation.parameters("path")) {
            path = path.replace("{" + name + "}", value(operation, name));
        }
        return path.substring(1) + (path.endsWith("/why") ? "?notificationId=" + notification : "");
    }

    private String value(Operation operation, String parameter) {
        return switch (parameter) {
            case "alarmId" -> alarm;
            case "checkId" -> check;
            case "userId" ->
                operation.path().startsWith("/admin")
                        ? spare.id().toString()
                        : provider.id().toString();
            case "id" -> {
                if (operation.toString().equals("DELETE /machines/{id}")) {
                    yield newMachine();
                }
                yield operation.path().startsWith("/machines/")
                        ? machine
                        : operation.path().startsWith("/notifications/")
                                ? notification
                                : operation.path().startsWith("/admin/users")
                                        ? spare.id().toString()
                                        : operation.path().startsWith("/admin/notifications/")
                                                ? mailing
                                                : UUID.randomUUID().toString();
            }
            default -> UUID.randomUUID().toString();
        };
    }

    /** The example of the description, with ids and names of what there is; null for a call without a body. */
    @Nullable
    String body(Operation operation) {
        return operation
                .example()
                .map(example -> Json.write(real(example.deepCopy())))
                .orElse(null);
    }

    private JsonNode real(JsonNode example) {
        if (example instanceof ObjectNode object) {
            Map<String, String> known = Map.of(
                    "recipientId",
                    provider.id().toString(),
                    "messageId",
                    message,
                    "serialNumber",
                    "S-" + UUID.randomUUID(),
                    "email",
                    "user-" + UUID.randomUUID() + "@fleetman.example",
                    "refreshToken",
                    owner.refreshToken());
            known.forEach((name, value) -> {
                if (object.has(name)) {
                    object.put(name, value);
                }
            });
            if (object.has("recipients")) {
                object.putObject("recipients")
                        .putArray("userIds")
                        .add(spare.id().toString());
            }
            if (object.has("date")) {
                // Before all machines there are, which others are testing with.
                object.put("date", "2001-01-01");
            }
        }
        return example;
    }

    /** The headers that the call cannot do without, names and values by turns. */
    static String[] headers(Operation operation) {
        var headers = new ArrayList<String>();
        operation.said().path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("header")
                    && parameter.path("required").asBoolean()) {
                headers.add(parameter.get("name").asText());
                headers.add(parameter.get("example").asText());
            }
        });
        return headers.toArray(String[]::new);
    }
}
