package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What administrators do, on every server: one way through all of it. */
@InContainer
class AdminIT {
    private final Account admin = Admins.make();

    @Test
    void whatIsDoneIsDoneAtOnceAndWrittenDown() {
        JsonNode made = admin.post(
                        "admin/users",
                        Map.of(
                                "email",
                                "new-" + admin.id() + "@fleetman.example",
                                "type",
                                "PROVIDER",
                                "companyName",
                                "Taller Núñez"),
                        "X-Request-Id",
                        "trace-1")
                .data();
        String id = made.get("user").get("id").textValue();
        Account user = Account.signIn(
                Node.first(),
                made.get("user").get("email").textValue(),
                made.get("password").textValue());
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            JsonNode sent = admin.post(
                            "admin/notifications",
                            Map.of(
                                    "recipients",
                                    Map.of("userIds", List.of(id)),
                                    "type",
                                    "NEWS",
                                    "title",
                                    "Novedades 🏗️",
                                    "message",
                                    "Mañana a las 8"))
                    .data();
            assertThat(sent.get("sent").intValue()).isEqualTo(1);
            assertThat(stream.await("id 1", event -> event.isLogged())
                            .data()
                            .get("title")
                            .textValue())
                    .isEqualTo("Novedades 🏗️");

            JsonNode open =
                    admin.get("admin/streams?userId=" + id).data().get("items").get(0);
            assertThat(open.get("cursor").longValue()).isEqualTo(1);
            JsonNode why = admin.get("admin/users/" + id + "/why?eventSeq=1").data();
            assertThat(why.get("verdict").textValue()).isEqualTo("written");

            admin.post("admin/users/" + id + "/deactivate", null).data();
            assertThat(stream.awaitNamed("expired").data().get("reason").textValue())
                    .isEqualTo("deactivated");
            stream.awaitEnd();
        }
        assertThat(admin.get("admin/cluster").data().get("nodes")).isNotEmpty();
        assertThat(admin.get("admin/statistics").data().get("notifications")).isNotEmpty();
        assertThat(admin.get("admin/retention").data().get("eventDays").intValue())
                .isEqualTo(7);

        assertThat(Admins.actions(admin))
                .containsExactly("user.deactivate", "user.why", "notification.send", "user.create");
        JsonNode first = Admins.audit(admin, "&action=user.create").get(0);
        assertThat(first.get("requestId").textValue()).isEqualTo("trace-1");
        assertThat(first.get("target").textValue()).isEqualTo("users/" + id);
        List<String> lines = admin.get("admin/audit/export?kind=DONE&actor=" + admin.id())
                .http()
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(Json.tree(lines.get(0))).isEqualTo(first);
    }
}
