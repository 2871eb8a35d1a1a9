package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import com.fleetman.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts in the hands of administrators. */
@InContainer
@Tag("once")
class UserAdminIT {
    private final Account admin = Admins.make();
    private final String name = "Ñandú " + UUID.randomUUID();

    private List<String> names(String query) {
        return admin.get("admin/users?" + query)
                .data()
                .get("items")
                .valueStream()
                .map(user -> user.get("companyName").textValue())
                .toList();
    }

    private static String words(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void findsAccountsByWhatIsKnownOfThem() {
        Account one = Account.register(Node.first(), name + " uno");
        Account two = Account.register(Node.first(), name + " dos", "PROVIDER");
        admin.post("admin/users/" + two.id() + "/deactivate", null).data();
        String search =
                "search=" + words(name.toLowerCase(java.util.Locale.ROOT).replace("ñ", "n"));

        assertThat(names(search)).containsExactly(name + " dos", name + " uno");
        assertThat(names(search + "&type=PROVIDER")).containsExactly(name + " dos");
        assertThat(names(search + "&role=CLIENT")).containsExactly(name + " uno");
        assertThat(names(search + "&role=ADMIN")).isEmpty();
        assertThat(names(search + "&active=false")).containsExactly(name + " dos");
        assertThat(names("company=" + words(name) + "&active=true")).containsExactly(name + " uno");
        JsonNode account = admin.get("admin/users/" + one.id()).data();
        assertThat(names("email=" + words(account.get("email").textValue()))).containsExactly(name + " uno");
        assertThat(names("search=" + words("%" + name))).isEmpty();
        assertThat(account.has("passwordHash")).isFalse();
        assertThat(admin.get("admin/users?type=BOSS").problem()).isEqualTo("400 validation_failed");
        assertThat(admin.get("admin/users?active=perhaps").problem()).isEqualTo("400 validation_failed");
        assertThat(admin.get("admin/users/" + UUID.randomUUID()).problem()).isEqualTo("404 user_not_found");
    }

    @Test
    void pagesThroughAllOfThemOnce() {
        for (int i = 0; i < 5; i++) {
            Account.register(Node.first(), name + (i % 2));
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.get("admin/users?limit=2&company=" + words(name) + cursor)
                    .data();
            page.get("items").forEach(user -> ids.add(user.get("id").textValue()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").textValue();
        } while (!cursor.isEmpty());

        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void makesAccountsOfEveryTypeWithAPasswordThatIsShownOnce() {
        Map<String, String> wanted =
                Map.of("email", "boss-" + admin.id() + "@fleetman.example", "type", "ADMIN", "companyName", "Central");
        JsonNode made = admin.post("admin/users", wanted).data();
        Account boss = Account.signIn(
                Node.first(),
                made.get("user").get("email").textValue(),
                made.get("password").textValue());

        assertThat(boss.get("admin/users?limit=1").status()).isEqualTo(200);
        assertThat(Admins.audit(admin, "&kind=DONE").get(0).toString())
                .doesNotContain(made.get("password").textValue(), "argon2");
        assertThat(admin.post("admin/users", wanted).problem()).isEqualTo("409 email_taken");
        assertThat(admin.post("admin/users", Map.of("email", "x", "password", "short"))
                        .json()
                        .get("errors"))
                .hasSize(4);
        JsonNode chosen = admin.post(
                        "admin/users",
                        Map.of(
                                "email", "own-" + admin.id() + "@fleetman.example",
                                "type", "CLIENT",
                                "companyName", "Propia",
                                "password", "a password of twelve"))
                .data();
        assertThat(chosen.get("password").isNull()).isTrue();
        Account.signIn(Node.first(), chosen.get("user").get("email").textValue(), "a password of twelve");
    }

    @Test
    void aNewRoleCountsAtOnceAndEndsTheStreams() {
        Account user = Account.register(Node.first(), name);
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            admin.put("admin/users/" + user.id() + "/role", Map.of("role", "ADMIN"))
                    .data();
            assertThat(stream.awaitNamed("expired").data().get("reason").textValue())
                    .isEqualTo("role_changed");
            stream.awaitEnd();
        }
        assertThat(user.get("users/me").problem()).isEqualTo("401 session_ended");
        Account promoted = user.onAnotherDevice();
        assertThat(promoted.get("admin/audit").status()).isEqualTo(200);

        admin.put("admin/users/" + user.id() + "/role", Map.of("role", "CLIENT"))
                .data();

        assertThat(promoted.get("admin/audit").problem()).isEqualTo("401 session_ended");
        assertThat(user.onAnotherDevice().get("admin/audit").problem()).isEqualTo("403 forbidden");
    }

    @Test
    void aResetPasswordEndsEverySessionAndTheOldPassword() {
        Account user = Account.register(Node.first(), name);
        String email = admin.get("admin/users/" + user.id()).data().get("email").textValue();
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            JsonNode reset =
                    admin.post("admin/users/" + user.id() + "/password", null).data();
            assertThat(stream.awaitNamed("expired").data().get("reason").textValue())
                    .isEqualTo("password_reset");
            Account.signIn(Node.first(), email, reset.get("password").textValue());
        }
        assertThat(Account.exchange(
                                Node.first(),
                                "POST",
                                "auth/login",
                                "{\"email\":\"" + email + "\",\"password\":\"correct horse battery\"}")
                        .problem())
                .isEqualTo("401 invalid_credentials");
    }

    @Test
    void endsAllSessionsOfAUser() {
        Account user = Account.register(Node.first(), name);
        Account other = user.onAnotherDevice();
        assertThat(admin.get("admin/users/" + user.id() + "/sessions").data()).hasSize(2);
        try (EventStream stream = EventStream.open(other).awaitConnected()) {
            assertThat(admin.delete("admin/users/" + user.id() + "/sessions")
                            .data()
                            .get("sessions")
                            .intValue())
                    .isEqualTo(2);
            assertThat(stream.awaitNamed("expired").data().get("reason").textValue())
                    .isEqualTo("ended_by_admin");
        }
        assertThat(user.get("users/me").problem()).isEqualTo("401 session_ended");
        assertThat(admin.get("admin/users/" + user.id() + "/sessions").data()).isEmpty();
    }

    /** The caller's right was checked; then, before the change, everybody else lost theirs. */
    @Test
    void theLastAdministratorStays() throws SQLException {
        Account last = Admins.make();
        List<String> others;
        CompletableFuture<Account.Answer> answer;
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x666c_6164_6d01L + ")");
            answer = CompletableFuture.supplyAsync(() -> admin.post("admin/users/" + last.id() + "/deactivate", null));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Rows.number("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 0) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            others = Rows.texts(
                    "update app_user set status = 'DEACTIVATED' where roles like '%ADMIN%' and status = 'ACTIVE' and id <> ? returning id",
                    last.id());
        }

        assertThat(answer.join().problem()).isEqualTo("409 last_admin");
        others.forEach(id -> Rows.update("update app_user set status = 'ACTIVE' where id = ?::uuid", id));
        admin.post("admin/users/" + last.id() + "/deactivate", null).data();
    }
}
