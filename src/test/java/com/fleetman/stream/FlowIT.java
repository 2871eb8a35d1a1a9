package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The stream as its clients see it, from the first byte on. */
@InContainer
class FlowIT {
    @Test
    void aMessageReachesEveryDeviceOfBothUsers() {
        Account[] users = Account.friends(Node.first(), "Áridos Díaz", "Talleres Gil");
        Account a = users[0];
        Account b = users[1];
        try (EventStream a1 = EventStream.open(a).awaitConnected();
                EventStream a2 = EventStream.open(a.onAnotherDevice()).awaitConnected();
                EventStream b1 = EventStream.open(b).awaitConnected();
                EventStream b2 = EventStream.open(b.onAnotherDevice()).awaitConnected();
                EventStream b3 = EventStream.open(b).awaitConnected()) {

            JsonNode sent = a.write(b, "¿Cuándo viene la grúa? 🏗️");

            for (EventStream device : List.of(b1, b2, b3)) {
                JsonNode notification = device.await(
                                "the notification", event -> event.name().equals("message") && event.isLogged())
                        .data();
                assertThat(notification.get("type").asText()).isEqualTo("NEW_MESSAGE");
                assertThat(notification.get("title").asText()).isEqualTo("notification.message.received");
                assertThat(notification.get("metadata").get("messagePreview").asText())
                        .isEqualTo("¿Cuándo viene la grúa? 🏗️");
                assertThat(notification.get("metadata").get("senderName").asText())
                        .isEqualTo("Áridos Díaz");
                assertThat(notification.get("actionUrl").asText()).isEqualTo("/messages/conversations/" + a.id());
                assertThat(notification.get("count").asInt()).isEqualTo(1);
                JsonNode chat = device.awaitNamed("chat-message").data();
                assertThat(chat.get("message").get("id")).isEqualTo(sent.get("id"));
                assertThat(chat.get("conversationWith").asText()).isEqualTo(a.id().toString());
                assertThat(chat.get("unreadCount").asInt()).isEqualTo(1);
                assertThat(chat.get("counts").toString()).isEqualTo("{\"notifications\":1,\"messages\":1}");
            }
            for (EventStream device : List.of(a1, a2)) {
                JsonNode chat = device.awaitNamed("chat-message").data();
                assertThat(chat.get("message").get("content").asText()).isEqualTo("¿Cuándo viene la grúa? 🏗️");
                assertThat(chat.get("conversationWith").asText()).isEqualTo(b.id().toString());
                assertThat(chat.get("counts").toString()).isEqualTo("{\"notifications\":0,\"messages\":0}");
            }
            assertThat(b1.ids()).isEqualTo(b2.ids()).isEqualTo(b3.ids());
        }
    }

    @Test
    void theConnectedEventComesFirstWithWhereTheStreamStarts() {
        Account[] users = Account.friends(Node.first(), "Uno", "Dos");
        users[0].write(users[1], "hola");
        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            assertThat(stream.head())
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: text/event-stream\n")
                    .contains("Cache-Control: no-cache\n")
                    .contains("X-Accel-Buffering: no\n")
                    .doesNotContain("Content-Encoding");
            EventStream.Event first = stream.events().get(0);
            assertThat(first.name()).isEqualTo("message");
            assertThat(first.id()).isEqualTo("3"); // a contact, a notification, a message
            assertThat(first.data().get("message").asText()).isEqualTo("SSE connection established");
            assertThat(first.data().get("counts").toString()).isEqualTo("{\"notifications\":1,\"messages\":1}");
            assertThat(stream.retry()).isEqualTo("500");
        }
    }

    @Test
    void heartbeatsComeOncePerInterval() {
        Account user = Account.register(Node.first(), "Late");
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            stream.awaitComment();
            long first = System.nanoTime();
            stream.awaitComment();
            long interval = (System.nanoTime() - first) / 1_000_000;
            stream.awaitComment();

            assertThat(interval).isBetween(1_000L, 4_000L); // 2 s are set
            assertThat(stream.comments()).containsOnly("heartbeat");
        }
    }

    @Test
    void aDeviceThatComesBackGetsWhatItMissed() {
        Account[] users = Account.friends(Node.first(), "Ida", "Vuelta");
        String seen;
        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            seen = stream.lastEventId();
        }
        for (int i = 0; i < 200; i++) {
            users[0].write(users[1], "mensaje " + i);
        }
        try (EventStream stream = EventStream.open(users[1], seen)) {
            stream.awaitId(401);
            assertThat(stream.ids())
                    .isEqualTo(LongStream.rangeClosed(2, 401).boxed().toList());
            assertThat(stream.events().get(0).id()).isEqualTo("1");
        }
    }

    @Test
    void theIdMayStandInTheUrlAndTheHeaderWins() {
        Account[] users = Account.friends(Node.first(), "Cabecera", "Consulta");
        users[0].write(users[1], "uno");
        String path = "api/v1/notifications/stream?lastEventId=";
        assertThat(firstBytes(users[1], path + "1", "")).contains("id: 1\n", "id: 2\n", "id: 3\n");
        assertThat(firstBytes(users[1], path + "1", "2")).contains("id: 3\n").doesNotContain("id: 1\n");
    }

    /** What comes before the first heartbeat. */
    private static String firstBytes(Account user, String path, String lastEventId) {
        var request = java.net.http.HttpRequest.newBuilder(user.node().baseUri().resolve(path))
                .header("Authorization", "Bearer " + user.token())
                .timeout(java.time.Duration.ofMinutes(1));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try (var http = java.net.http.HttpClient.newHttpClient();
                var lines = http.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            return lines.takeWhile(line -> !line.startsWith(":")).collect(java.util.stream.Collectors.joining("\n"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void anIdThatWasNeverGivenOutResetsTheClient() {
        Account[] users = Account.friends(Node.first(), "Futuro", "Pasado");
        users[0].write(users[1], "hola");
        for (String unknown : List.of("4", "99999", "x", "-1", "18446744073709551617")) {
            try (EventStream stream = EventStream.open(users[1], unknown)) {
                EventStream.Event reset = stream.awaitNamed("reset");
                assertThat(reset.id()).isEqualTo("3");
                assertThat(reset.data().toString())
                        .isEqualTo(
                                "{\"reason\":\"unknown\",\"seq\":3,\"counts\":{\"notifications\":1,\"messages\":1}}");
                assertThat(stream.events().get(0).id())
                        .as("cut here, it must ask with its old id again")
                        .isNull();
            }
        }
        try (EventStream stream = EventStream.open(users[1], "3").awaitConnected()) {
            stream.awaitComment();
            assertThat(stream.events()).hasSize(1);
        }
    }

    @Test
    void anIdOlderThanTheRetentionResetsTheClientAndTheNextEventFollows() throws SQLException {
        Account[] users = Account.friends(Node.first(), "Viejo", "Nuevo");
        users[0].write(users[1], "uno");
        users[0].write(users[1], "dos");
        try (var connection = TestDatabase.connect();
                var delete = connection.prepareStatement("delete from user_event where user_id = ? and seq <= 3")) {
            delete.setObject(1, users[1].id());
            delete.executeUpdate();
        }
        try (EventStream stream = EventStream.open(users[1], "2")) {
            EventStream.Event reset = stream.awaitNamed("reset");
            assertThat(reset.data().get("reason").asText()).isEqualTo("expired");
            assertThat(reset.id()).isEqualTo("5");
            users[0].write(users[1], "tres");
            stream.awaitId(7);
            assertThat(stream.ids()).containsExactly(6L, 7L);
        }
        try (EventStream stream = EventStream.open(users[1], "3")) {
            stream.awaitId(7);
            assertThat(stream.ids()).containsExactly(4L, 5L, 6L, 7L);
        }
    }

    @Test
    void bigPayloadsArriveWhole() {
        Account[] users = Account.friends(Node.first(), "Grande", "Pequeño");
        String content = "\uD83D\uDE9C".repeat(500) + "\n" + "ñ".repeat(499);
        try (EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            users[0].write(users[1], content);
            assertThat(stream.awaitNamed("chat-message")
                            .data()
                            .get("message")
                            .get("content")
                            .textValue())
                    .isEqualTo(content);
        }
    }

    @Test
    void withoutATokenOrWithOneInTheUrlThereIsNoStream() {
        Account user = Account.register(Node.first(), "Nadie");
        for (String path : List.of(
                "notifications/stream",
                "notifications/stream?token=" + user.token(),
                "notifications/stream?access_token=" + user.token())) {
            Account.Answer answer = Account.exchange(Node.first(), "GET", path, null);
            assertThat(answer.problem()).isEqualTo("401 unauthenticated");
            assertThat(answer.http().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void headAsksForTheHeadersOnly() {
        Account user = Account.register(Node.first(), "Cabeza");
        Account.Answer answer = user.send("HEAD", "notifications/stream", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    @Test
    void stateChangesOfOneDeviceReachTheOthersWithTheirCounts() {
        Account[] users = Account.friends(Node.first(), "Emisor", "Receptor");
        Account b = users[1];
        try (EventStream other = EventStream.open(b.onAnotherDevice()).awaitConnected()) {
            users[0].write(b, "uno");
            String id = other.await("it", event -> event.name().equals("message") && event.isLogged())
                    .data()
                    .get("id")
                    .asText();

            b.patch("notifications/" + id, Map.of("state", "read")).data();

            JsonNode state = other.awaitNamed("notification-state").data();
            assertThat(state.get("change").asText()).isEqualTo("read");
            assertThat(state.get("ids").get(0).asText()).isEqualTo(id);
            assertThat(state.get("counts").toString()).isEqualTo("{\"notifications\":0,\"messages\":1}");
        }
    }
}
