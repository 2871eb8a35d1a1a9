package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit log and the ids of requests. */
@InContainer
@Tag("once")
class AuditIT {
    private static final java.util.UUID NOBODY = java.util.UUID.randomUUID();

    private final Account admin = Admins.make();
    private final Account user = Account.register(Node.first(), "Vigilada");

    private void act(int times) {
        for (int i = 0; i < times; i++) {
            admin.post("admin/users/" + user.id() + "/reactivate", null).data();
        }
    }

    @Test
    void nothingTakesAnEntryBack() {
        act(1);
        for (String attempt : List.of(
                "update audit_entry set action = 'x' where actor_id = '" + admin.id() + "'",
                "delete from audit_entry where actor_id = '" + admin.id() + "'",
                "truncate audit_entry")) {
            assertThatThrownBy(() -> Rows.update(attempt))
                    .as(attempt)
                    .rootCause()
                    .hasMessageContaining("only ever added to");
        }
        assertThat(Admins.actions(admin)).containsExactly("user.reactivate");
    }

    @Test
    void anEntryTellsBeforeAndAfterAndFromWhere() {
        admin.put("admin/users/" + user.id() + "/role", Map.of("role", "ADMIN"), "X-Request-Id", "a.b-c:1")
                .data();

        JsonNode entry = Admins.audit(admin, "&kind=DONE").get(0);

        assertThat(entry.get("actorId").textValue()).isEqualTo(admin.id().toString());
        assertThat(entry.get("before").toString())
                .isEqualTo("{\"type\":\"CLIENT\",\"roles\":[\"CLIENT\"],\"active\":true}");
        assertThat(entry.get("after").toString())
                .isEqualTo("{\"type\":\"CLIENT\",\"roles\":[\"ADMIN\",\"CLIENT\"],\"active\":true}");
        assertThat(entry.get("address").textValue()).isEqualTo("127.0.0.1");
        assertThat(entry.get("requestId").textValue()).isEqualTo("a.b-c:1");
        assertThat(entry.get("at").textValue()).endsWith("Z");
    }

    @Test
    void whatIsRejectedChangesNothingAndIsEnteredAsThat() {
        String own = "admin/users/" + admin.id();
        assertThat(admin.post(own + "/deactivate", null).problem()).isEqualTo("409 own_account");
        assertThat(admin.post(own + "/password", null).problem()).isEqualTo("409 own_account");
        assertThat(admin.put(own + "/role", Map.of("role", "CLIENT")).problem()).isEqualTo("409 own_account");
        assertThat(admin.put("admin/users/" + user.id() + "/role", Map.of("role", "PROVIDER"))
                        .problem())
                .isEqualTo("409 role_not_of_type");
        assertThat(admin.delete("admin/users/" + NOBODY + "/sessions").problem())
                .isEqualTo("404 user_not_found");
        assertThat(admin.post("admin/maintenance/runs", Map.of("date", "2999-01-01"))
                        .problem())
                .isEqualTo("400 date_in_future");

        assertThat(Admins.actions(admin)).isEmpty();
        assertThat(Admins.audit(admin, "&kind=REJECTED&limit=100"))
                .extracting(entry -> entry.get("target").textValue() + " "
                        + entry.get("after").get("method").textValue() + " "
                        + entry.get("after").get("status").intValue() + " "
                        + entry.get("after").get("code").textValue())
                .containsExactly(
                        "maintenance/runs POST 400 date_in_future",
                        "users/" + NOBODY + "/sessions DELETE 404 user_not_found",
                        "users/" + user.id() + "/role PUT 409 role_not_of_type",
                        "users/" + admin.id() + "/role PUT 409 own_account",
                        "users/" + admin.id() + "/password POST 409 own_account",
                        "users/" + admin.id() + "/deactivate POST 409 own_account");
        assertThat(user.get("users/me").data().get("roles").toString()).isEqualTo("[\"CLIENT\"]");
    }

    @Test
    void whatIsOnlyReadIsEnteredToo() {
        admin.get("admin/users?search=a%20b&limit=1");
        admin.get("admin/cluster").data();
        admin.post(
                        "admin/notifications",
                        Map.of(
                                "recipients",
                                Map.of("userIds", List.of(user.id())),
                                "type",
                                "OUTAGE",
                                "title",
                                "t",
                                "message",
                                "m",
                                "dryRun",
                                true))
                .data();
        user.get("users/me").data();

        assertThat(Admins.actions(admin)).isEmpty();
        assertThat(Admins.audit(admin, "&kind=READ&target=users")
                        .get(0)
                        .get("after")
                        .toString())
                .isEqualTo("{\"query\":\"search=a%20b&limit=1\",\"method\":\"GET\"}");
        assertThat(Admins.audit(admin, "&kind=READ"))
                .extracting(entry -> entry.get("target").textValue()
                        + " "
                        + entry.get("after").get("method").textValue())
                .contains("audit GET", "notifications POST", "cluster GET", "users GET")
                .hasSize(5);
        assertThat(Rows.number("select count(*) from audit_entry where actor_id = ?", user.id()))
                .isZero();
        assertThat(admin.get("admin/audit?kind=ANYTHING").problem()).isEqualTo("400 validation_failed");
    }

    @Test
    void pagesAndExportHaveTheSameEntries() {
        act(7);
        List<Long> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.get("admin/audit?kind=DONE&actor=" + admin.id() + "&limit=3" + cursor)
                    .data();
            page.get("items").forEach(entry -> paged.add(entry.get("number").longValue()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").textValue();
        } while (!cursor.isEmpty());
        Account.Answer export = admin.get(
                "admin/audit/export?actor=" + admin.id() + "&target=users/" + user.id() + "&from=2020-01-01T00:00:00Z");

        assertThat(paged).hasSize(7).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(export.http().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/x-ndjson");
        assertThat(export.http()
                        .body()
                        .lines()
                        .map(line -> com.fleetman.platform.Json.tree(line)
                                .get("number")
                                .longValue()))
                .containsExactlyElementsOf(paged.reversed());
        assertThat(Admins.actions(admin)).startsWith("audit.export");
    }

    @Test
    void wrongFiltersAreProblems() {
        assertThat(admin.get("admin/audit?actor=x").problem()).isEqualTo("400 invalid_uuid");
        assertThat(admin.get("admin/audit?from=yesterday").problem()).isEqualTo("400 validation_failed");
        assertThat(admin.get("admin/audit?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .json()
                        .get("errors")
                        .get(0)
                        .get("code")
                        .textValue())
                .isEqualTo("before_from");
        assertThat(admin.get("admin/audit?cursor=x").problem()).isEqualTo("400 invalid_cursor");
        assertThat(admin.get("admin/audit/export?to=x").problem()).isEqualTo("400 validation_failed");
    }

    @Test
    void nobodyElseMayCall() {
        for (String path : List.of(
                "users",
                "users/" + user.id(),
                "users/" + user.id() + "/sessions",
                "users/" + user.id() + "/why?eventSeq=1",
                "notifications",
                "streams",
                "cluster",
                "statistics",
                "retention",
                "audit",
                "audit/export",
                "maintenance/runs")) {
            assertThat(user.get("admin/" + path).problem()).as(path).isEqualTo("403 forbidden");
            assertThat(Account.exchange(Node.first(), "GET", "admin/" + path, null)
                            .problem())
                    .as(path)
                    .isEqualTo("401 unauthenticated");
        }
    }

    @Test
    void everyAnswerHasTheIdOfItsRequest() {
        Account.Answer made = user.get("users/me");
        assertThat(id(made)).hasSize(36);
        Account.Answer refused =
                Account.exchange(Node.first(), "GET", "users/me", null, "X-Request-Id", "from-the-proxy");
        assertThat(id(refused)).isEqualTo("from-the-proxy");
        assertThat(refused.json().get("requestId").textValue()).isEqualTo("from-the-proxy");
        Account.Answer unreadable = Account.exchange(Node.first(), "GET", "users/me", null, "Accept", "//");
        assertThat(unreadable.json().get("requestId").textValue()).isEqualTo(id(unreadable));
        Account.Answer unknown = Account.exchange(Node.first(), "GET", "nothing/here", null, "X-Request-Id", "x y");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(id(unknown)).hasSize(36);
    }

    private static String id(Account.Answer answer) {
        return answer.http().headers().firstValue("X-Request-Id").orElseThrow();
    }
}
