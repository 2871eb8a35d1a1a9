package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Notifications from an administrator. */
@InContainer
@Tag("once")
class MailingIT {
    private final Account admin = Admins.make();
    private final String type =
            "T" + UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);

    private Map<String, Object> body(Object recipients) {
        return new HashMap<>(
                Map.of("recipients", recipients, "type", type, "title", "admin.news", "message", "Corte de luz"));
    }

    private long told() {
        return Rows.number("select count(*) from notification where type = ?", type);
    }

    private static List<String> codes(Account.Answer answer) {
        assertThat(answer.problem()).isEqualTo("400 validation_failed");
        return answer.json()
                .get("errors")
                .valueStream()
                .map(error ->
                        error.get("field").textValue() + " " + error.get("code").textValue())
                .toList();
    }

    @Test
    void tellsTheOnesWhoAreNamed() {
        Account user = Account.register(Node.first(), "Avisada");
        String email = admin.get("admin/users/" + user.id()).data().get("email").textValue();
        try (var devices = Devices.of(user)) {
            Map<String, Object> body = body(Map.of("userIds", List.of(user.id(), user.id())));
            body.putAll(Map.of(
                    "metadata", Map.of("hours", 1.5, "nested", List.of(Map.of("x", "ñ"))),
                    "actionUrl", "/machines",
                    "priority", "URGENT",
                    "source", "POWER"));
            JsonNode sent = admin.post("admin/notifications", body).data();
            assertThat(sent.get("recipients").intValue()).isEqualTo(1);
            assertThat(sent.get("sent").intValue()).isEqualTo(1);

            JsonNode event = devices.next("message").data();
            assertThat(event.get("priority").textValue()).isEqualTo("URGENT");
            assertThat(event.get("source").textValue()).isEqualTo("POWER");
            assertThat(event.get("metadata").toString()).isEqualTo("{\"hours\":1.5,\"nested\":[{\"x\":\"ñ\"}]}");
            admin.post(
                            "admin/notifications",
                            body(Map.of("emails", List.of(" " + email.toUpperCase(java.util.Locale.ROOT)))))
                    .data();
            assertThat(devices.next("message").data().get("source").textValue()).isEqualTo("ADMIN");
            devices.assertCounts(2, 0);
        }
        assertThat(Admins.audit(admin, "&action=notification.send").toString()).doesNotContain("Corte de luz");
    }

    @Test
    void tellsARoleInChunksEachUserOnce() {
        int before = dry(Map.of("role", "PROVIDER"));
        UUID sample = Account.register(Node.first(), "Proveedora", "PROVIDER").id();
        Rows.update("""
                insert into app_user (id, email, password_hash, type, company_name, company_key, locale, roles, status,
                                      created_at, updated_at)
                select gen_random_uuid(), gen_random_uuid() || '@x.example', 'none', 'PROVIDER', 'Lote', 'lote', 'es',
                       'PROVIDER', 'ACTIVE', now() - interval '1 minute', now() from generate_series(1, 450)""");
        Rows.update(
                "insert into inbox (user_id) select id from app_user where company_key = 'lote' on conflict do nothing");

        int recipients = dry(Map.of("role", "PROVIDER"));
        assertThat(recipients).isEqualTo(before + 451);
        assertThat(told()).isZero();
        Account.Answer answer =
                admin.post("admin/notifications", body(Map.of("role", "PROVIDER")), "Idempotency-Key", type);
        JsonNode finished = await(answer);

        assertThat(finished.get("sent").intValue()).isEqualTo(recipients);
        assertThat(told()).isEqualTo(recipients);
        assertThat(Rows.number("select count(distinct user_id) from notification where type = ?", type))
                .isEqualTo(recipients);
        assertThat(Rows.number("select count(*) from notification where type = ? and user_id = ?", type, sample))
                .isEqualTo(1);
        assertThat(await(admin.post("admin/notifications", body(Map.of("role", "PROVIDER")), "Idempotency-Key", type)))
                .isEqualTo(finished);
        assertThat(told()).isEqualTo(recipients);
    }

    @Test
    void theSameKeyAtOnceIsOneMailing() throws Exception {
        Account user = Account.register(Node.first(), "Única");
        Callable<Account.Answer> send = () ->
                admin.post("admin/notifications", body(Map.of("userIds", List.of(user.id()))), "Idempotency-Key", "k");
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<String> ids = threads.invokeAll(List.of(send, send, send, send)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .map(answer -> answer.data().get("id").textValue())
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
            await(ids.get(0));
        }
        assertThat(told()).isEqualTo(1);
        Map<String, Object> other = body(Map.of("userIds", List.of(user.id())));
        other.put("title", "other");
        assertThat(admin.post("admin/notifications", other, "Idempotency-Key", "k")
                        .problem())
                .isEqualTo("422 idempotency_key_reused");
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void goesOnWithWhatAnotherNodeHasLeft() {
        Account user = Account.register(Node.first(), "Pendiente");
        UUID id = UUID.randomUUID();
        Rows.update(
                """
                insert into mailing (id, actor_id, fingerprint, audience, user_ids, content, recipients, created_at, touched_at)
                values (?, ?, 'x', 'LIST', array[?::uuid], cast(? as jsonb), 1, now(), now() - interval '1 hour')""",
                id,
                admin.id(),
                user.id(),
                "{\"type\":\"" + type
                        + "\",\"title\":\"t\",\"message\":\"m\",\"priority\":\"LOW\",\"source\":\"ADMIN\"}");

        assertThat(await(id.toString()).get("sent").intValue()).isEqualTo(1);
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsToldAndNobodyElse() {
        Account gone = Account.register(Node.first(), "Ausente");
        admin.post("admin/users/" + gone.id() + "/deactivate", null).data();

        assertThat(codes(send(Map.of("userIds", List.of(admin.id(), UUID.randomUUID(), gone.id())))))
                .containsExactly("recipients.userIds.1 unknown_user", "recipients.userIds.2 user_deactivated");
        assertThat(codes(send(Map.of("emails", List.of("nobody@nowhere.example")))))
                .containsExactly("recipients.emails.0 unknown_user");
        assertThat(codes(send(Map.of("userIds", List.of("x"))))).containsExactly("recipients.userIds.0 invalid_uuid");
        assertThat(codes(send(Map.of("userIds", List.of())))).containsExactly("recipients.userIds too_few");
        assertThat(codes(send(Map.of("all", true, "role", "ADMIN")))).containsExactly("recipients exactly_one");
        assertThat(codes(send(Map.of("all", false)))).containsExactly("recipients exactly_one");
        assertThat(codes(send(Map.of("role", "BOSS")))).containsExactly("recipients.role unknown_value");
        Map<String, Object> body = body(Map.of("userIds", List.of(admin.id())));
        body.putAll(
                Map.of("actionUrl", "//evil.example", "type", "not a code", "priority", "!", "metadata", List.of()));
        assertThat(codes(admin.post("admin/notifications", body)))
                .containsExactlyInAnyOrder(
                        "actionUrl not_a_path", "type invalid_code", "priority unknown_value", "metadata wrong_type");
        Map<String, Object> large = body(Map.of("userIds", List.of(admin.id())));
        large.put("metadata", Map.of("x", "y".repeat(9_000)));
        assertThat(admin.post("admin/notifications", large).problem()).isEqualTo("400 metadata_too_large");
        assertThat(admin.get("admin/notifications/" + UUID.randomUUID()).problem())
                .isEqualTo("404 mailing_not_found");
        assertThat(told()).isZero();
        assertThat(Admins.actions(admin)).containsExactly("user.deactivate");
    }

    private Account.Answer send(Map<String, ?> recipients) {
        return admin.post("admin/notifications", body(recipients));
    }

    private int dry(Map<String, ?> recipients) {
        Map<String, Object> body = body(recipients);
        body.put("dryRun", true);
        JsonNode answer = admin.post("admin/notifications", body).data();
        assertThat(answer.get("dryRun").booleanValue()).isTrue();
        return answer.get("recipients").intValue();
    }

    private JsonNode await(Account.Answer answer) {
        return await(answer.data().get("id").textValue());
    }

    private JsonNode await(String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        JsonNode view = admin.get("admin/notifications/" + id).data();
        while (view.get("finishedAt").isNull() && System.nanoTime() < deadline) {
            view = admin.get("admin/notifications/" + id).data();
        }
        assertThat(view.get("finishedAt").isNull()).isFalse();
        return view;
    }
}
