package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stream lives no longer than the right to it. */
@InContainer
class SessionEndIT {
    @Test
    void logoutEndsTheStreamsOfThatSessionOnly() {
        Account user = Account.register(Node.first(), "Salida");
        Account other = user.onAnotherDevice();
        try (EventStream leaving = EventStream.open(user).awaitConnected();
                EventStream staying = EventStream.open(other).awaitConnected()) {
            user.post("auth/logout", null).data();

            assertThat(leaving.awaitNamed("expired").data().get("reason").asText())
                    .isEqualTo("logged_out");
            leaving.awaitEnd();
            staying.awaitComment();
            assertThat(staying.isEnded()).isFalse();
            assertThat(EventStream.openUnread(user, "", 0).status()).isEqualTo(401);
        }
    }

    @Test
    void aNewPasswordEndsAllStreams() {
        Account user = Account.register(Node.first(), "Clave");
        try (EventStream one = EventStream.open(user).awaitConnected();
                EventStream two = EventStream.open(user.onAnotherDevice()).awaitConnected()) {
            user.post(
                            "users/me/password",
                            Map.of("currentPassword", "correct horse battery", "newPassword", "another horse battery"))
                    .data();

            assertThat(one.awaitNamed("expired").data().get("reason").asText()).isEqualTo("password_changed");
            assertThat(two.awaitNamed("expired").data().get("reason").asText()).isEqualTo("password_changed");
            one.awaitEnd();
            two.awaitEnd();
        }
    }

    @Test
    void deactivationEndsTheStreams() throws SQLException {
        Account user = Account.register(Node.first(), "Baja");
        Account admin = Account.register(Node.first(), "Administración");
        update("update app_user set type = 'ADMIN', roles = 'ADMIN' where id = ?", admin.id());
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            admin.onAnotherDevice()
                    .post("admin/users/" + user.id() + "/deactivate", null)
                    .data();

            assertThat(stream.awaitNamed("expired").data().get("reason").asText())
                    .isEqualTo("deactivated");
            stream.awaitEnd();
        }
    }

    @Test
    void aBlockEndsWhatComesFromTheBlocked() {
        Account[] users = Account.friends(Node.first(), "Pesada", "Harta");
        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            users[1].put("users/me/blocked/" + users[0].id()).data();
            stream.awaitNamed("contact");

            assertThat(users[0].post("messages", Map.of("recipientId", users[1].id(), "content", "¿hola?"))
                            .problem())
                    .isEqualTo("403 blocked");
            assertThat(users[0].post("messages/conversations/" + users[1].id() + "/typing", null)
                            .problem())
                    .isEqualTo("403 blocked");
            stream.awaitComment();
            assertThat(stream.ids()).containsExactly(2L);
            assertThat(stream.events()).noneMatch(event -> event.name().equals("typing"));
        }
    }

    @Test
    void theStreamEndsWhenTheTokenRunsOut() throws SQLException {
        Account user = Account.register(Node.first(), "Caduca");
        String sessionId = sessionOf(user);
        Instant soon = Instant.now().plusSeconds(3);
        update(
                "update user_session set access_expires_at = ? where id = ?::uuid",
                java.sql.Timestamp.from(soon),
                sessionId);
        Account shortLived = user.withToken(token(user, sessionId, soon));
        try (EventStream stream = EventStream.open(shortLived).awaitConnected()) {
            assertThat(stream.awaitNamed("expired").data().get("reason").asText())
                    .isEqualTo("token_expired");
            stream.awaitEnd();
            assertThat(Instant.now()).isAfterOrEqualTo(soon.minusMillis(50));
        }
        assertThat(EventStream.openUnread(shortLived, "", 0).status()).isEqualTo(401);
    }

    @Test
    void refreshingTheSessionRenewsTheOpenStream() throws SQLException {
        Account[] users = Account.friends(Node.first(), "Perenne", "Amiga");
        String sessionId = sessionOf(users[0]);
        Instant soon = Instant.now().plusSeconds(3);
        update(
                "update user_session set access_expires_at = ? where id = ?::uuid",
                java.sql.Timestamp.from(soon),
                sessionId);
        Account shortLived = users[0].withToken(token(users[0], sessionId, soon));
        try (EventStream stream = EventStream.open(shortLived).awaitConnected()) {
            Account.exchange(
                            Node.first(),
                            "POST",
                            "auth/refresh",
                            "{\"refreshToken\":\"" + users[0].refreshToken() + "\"}")
                    .data();
            while (Instant.now().isBefore(soon.plusSeconds(2))) {
                stream.awaitComment();
            }
            users[1].write(users[0], "¿sigues ahí?");
            stream.awaitNamed("chat-message");
            assertThat(stream.isEnded()).isFalse();
        }
    }

    private static String token(Account user, String sessionId, Instant expires) {
        byte[] secret = "a-secret-that-is-only-for-tests-0123456789".getBytes(StandardCharsets.UTF_8);
        String[] parts = user.token().split("\\.", -1);
        String header = new String(java.util.Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        String kid = com.fleetman.platform.Json.tree(header).get("kid").asText();
        return Jwts.builder()
                .header()
                .type("at+jwt")
                .keyId(kid)
                .and()
                .issuer("fleetman")
                .audience()
                .add("fleetman")
                .and()
                .subject(user.id().toString())
                .claim("sid", sessionId)
                .claim("roles", java.util.List.of("CLIENT"))
                .issuedAt(java.util.Date.from(Instant.now()))
                .expiration(java.util.Date.from(expires))
                .signWith(Keys.hmacShaKeyFor(secret), Jwts.SIG.HS256)
                .compact();
    }

    private static String sessionOf(Account user) {
        String[] parts = user.token().split("\\.", -1);
        String claims = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return com.fleetman.platform.Json.tree(claims).get("sid").asText();
    }

    private static void update(String sql, Object... values) throws SQLException {
        try (var connection = TestDatabase.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
