package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Open streams in the hands of administrators, on two nodes. */
@InContainer
@Tag("once")
class StreamAdminIT {
    private final Account admin = Admins.make();
    private final Account user = Account.register(Node.first(), "Conectada");

    private List<JsonNode> open() {
        return admin.get("admin/streams?userId=" + user.id())
                .data()
                .get("items")
                .valueStream()
                .toList();
    }

    private JsonNode why(String question) {
        return admin.get("admin/users/" + user.id() + "/why?" + question).data();
    }

    private String tell() {
        admin.post(
                        "admin/notifications",
                        Map.of(
                                "recipients",
                                Map.of("userIds", List.of(user.id())),
                                "type",
                                "NEWS",
                                "title",
                                "t",
                                "message",
                                "secreto"))
                .data();
        return user.get("notifications").data().get("items").get(0).get("id").textValue();
    }

    private static <T> T await(String what, Supplier<T> attempt, java.util.function.Predicate<T> done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        T last = attempt.get();
        while (!done.test(last)) {
            assertThat(System.nanoTime()).as(what + ": " + last).isLessThan(deadline);
            last = attempt.get();
        }
        return last;
    }

    @Test
    void showsWhoIsConnectedAndClosesOneStream() {
        try (EventStream one = EventStream.open(user).awaitConnected();
                EventStream two = EventStream.open(user.onAnotherDevice()).awaitConnected()) {
            tell();
            one.awaitId(1);
            two.awaitId(1);
            List<JsonNode> streams = open();
            assertThat(streams).hasSize(2);
            JsonNode newest = streams.get(0);
            assertThat(newest.get("companyName").textValue()).isEqualTo("Conectada");
            assertThat(newest.get("userAgent").isNull()).isTrue();
            assertThat(newest.get("firstCursor").longValue()).isZero();
            assertThat(newest.get("cursor").longValue()).isEqualTo(1);
            assertThat(newest.get("lag").longValue()).isZero();
            assertThat(newest.get("delivered").longValue()).isEqualTo(1);
            assertThat(newest.get("bytes").longValue()).isGreaterThan(200);

            String path = "admin/streams/" + newest.get("id").textValue();
            admin.delete(path).data();

            assertThat(two.awaitNamed("reconnect").data().get("reason").textValue())
                    .isEqualTo("closed_by_admin");
            two.awaitEnd();
            assertThat(one.isEnded()).isFalse();
            await("the closed one is away", this::open, left -> left.size() == 1);
            assertThat(admin.delete(path).problem()).isEqualTo("404 stream_not_found");
            assertThat(Rows.texts("select reason from stream_history where user_id = ?", user.id()))
                    .containsExactly("closed_by_admin");
            assertThat(Admins.actions(admin)).containsExactly("stream.close", "notification.send");
        }
        assertThat(admin.get("admin/streams?userId=x").problem()).isEqualTo("400 invalid_uuid");
        assertThat(admin.get("admin/streams?node=nowhere").data().get("items")).isEmpty();
    }

    @Test
    void seesAndClosesTheStreamsOfAnotherNode() {
        if (!Node.second().isRunning()) {
            Node.second().start();
        }
        try (EventStream far = EventStream.open(user.at(Node.second())).awaitConnected();
                EventStream near = EventStream.open(user).awaitConnected()) {
            List<JsonNode> streams = await("both", this::open, all -> all.size() == 2);
            assertThat(streams.stream()
                            .map(stream -> stream.get("node").textValue())
                            .distinct())
                    .hasSize(2);
            JsonNode cluster = admin.get("admin/cluster").data();
            assertThat(cluster.get("nodes")
                            .valueStream()
                            .filter(node -> node.get("state").textValue().equals("up"))
                            .map(node -> node.get("bus").textValue()))
                    .contains("up", "up");

            assertThat(admin.delete("admin/users/" + user.id() + "/streams")
                            .data()
                            .get("streams")
                            .intValue())
                    .isEqualTo(2);

            for (EventStream stream : List.of(far, near)) {
                assertThat(stream.awaitNamed("reconnect").data().get("reason").textValue())
                        .isEqualTo("closed_by_admin");
                stream.awaitEnd();
            }
            await("all away", this::open, List::isEmpty);
        }
    }

    @Test
    void whatANodeHadThatIsGoneIsOver() {
        UUID node = UUID.randomUUID();
        Rows.update("""
                insert into node (id, name, version, started_at, seen_at, bus, streams, users, behind, lag, opened, closed,
                                  failed, delivered, events_per_second)
                values (?, 'lost', '1', now(), now() - interval '1 minute', 'up', 1, 1, 0, 0, 1, 0, 0, 0, 0)""", node);
        Rows.update("""
                insert into open_stream (id, node_id, user_id, session_id, opened_at, first_cursor, cursor, delivered, bytes,
                                         reported_at)
                values (?, ?, ?, ?, now(), 0, 0, 0, 0, now())""", UUID.randomUUID(), node, user.id(), UUID.randomUUID());

        assertThat(open()).isEmpty();
        await(
                "history",
                () -> Rows.texts("select reason from stream_history where user_id = ?", user.id()),
                List.of("node_gone")::equals);
        assertThat(Rows.number("select count(*) from open_stream where node_id = ?", node))
                .isZero();
    }

    @Test
    void tellsWhySomethingDidNotArrive() {
        String id = tell();
        assertThat(why("notificationId=" + id).get("verdict").textValue()).isEqualTo("not_connected");
        assertThat(why("notificationId=" + UUID.randomUUID()).get("verdict").textValue())
                .isEqualTo("not_created");
        assertThat(why("eventSeq=99").get("verdict").textValue()).isEqualTo("not_created");

        try (EventStream stream = EventStream.open(user, "0")) {
            stream.awaitId(1);
            JsonNode answer = why("notificationId=" + id);
            assertThat(answer.get("verdict").textValue()).isEqualTo("written");
            assertThat(answer.get("event").get("seq").longValue()).isEqualTo(1);
            assertThat(answer.get("open").get(0).get("passage").textValue()).isEqualTo("written");
            assertThat(answer.toString()).doesNotContain("secreto");
        }
        JsonNode later = await(
                "the stream is over",
                () -> why("notificationId=" + id),
                answer -> answer.get("closed").size() == 1 && answer.get("open").isEmpty());
        assertThat(later.get("closed").get(0).get("passage").textValue()).isEqualTo("written");

        user.delete("notifications/" + id).data();
        JsonNode deleted = why("notificationId=" + id);
        assertThat(deleted.get("verdict").textValue()).isEqualTo("written");
        assertThat(deleted.get("notification").isNull()).isTrue();

        Account pest = Account.register(Node.first(), "Pesada");
        user.put("users/me/blocked/" + pest.id()).data();
        JsonNode blocked = why("notificationId=" + UUID.randomUUID() + "&from=" + pest.id());
        assertThat(blocked.get("verdict").textValue()).isEqualTo("blocked");
        assertThat(blocked.get("sender").get("blocked").booleanValue()).isTrue();

        assertThat(admin.get("admin/users/" + user.id() + "/why").problem()).isEqualTo("400 validation_failed");
        assertThat(admin.get("admin/users/" + user.id() + "/why?eventSeq=0").problem())
                .isEqualTo("400 validation_failed");
        assertThat(admin.get("admin/users/" + UUID.randomUUID() + "/why?eventSeq=1")
                        .problem())
                .isEqualTo("404 user_not_found");
    }

    @Test
    void tellsAdministratorsHowTheClusterDoes() throws IOException, InterruptedException {
        try (EventStream stream = watching(admin)) {
            JsonNode stats = stream.awaitNamed("admin-stats").data();
            assertThat(stats.get("nodes")).isNotEmpty();
            assertThat(stats.get("eventsPerSecond").isNumber()).isTrue();
            assertThat(stats.get("streams").intValue()).isPositive();
            assertThat(stats.get("errors").isIntegralNumber()).isTrue();
            JsonNode own = admin.get("admin/streams?userId=" + admin.id())
                    .data()
                    .get("items")
                    .get(0);
            assertThat(own.get("userAgent").textValue()).startsWith("Java-http-client");
        }
        assertThat(user.get("notifications/stream?topics=admin").problem()).isEqualTo("403 forbidden");
    }

    @Test
    void tellsHowLongEventsTake() throws IOException, InterruptedException {
        Account[] users = Account.friends(Node.first(), "Cartera", "Buzón");
        try (EventStream stats = watching(admin);
                EventStream stream = EventStream.open(users[1]).awaitConnected()) {
            users[0].write(users[1], "how long does it take?");
            stream.awaitNamed("chat-message");

            JsonNode told = stats.await(
                            "the time of a delivery",
                            event -> event.name().equals("admin-stats")
                                    && event.data().get("p99Ms").doubleValue() > 0)
                    .data();

            assertThat(told.get("p50Ms").doubleValue())
                    .isPositive()
                    .isLessThanOrEqualTo(told.get("p99Ms").doubleValue());
            assertThat(told.get("nodes").findValues("p99Ms")).anyMatch(p99 -> p99.doubleValue() > 0);
        }
        JsonNode hours = await(
                "the hour in the statistics",
                () -> admin.get("admin/statistics").data().get("delivery"),
                found -> !found.isEmpty());
        JsonNode hour = hours.get(hours.size() - 1);
        assertThat(hour.get("events").longValue()).isPositive();
        assertThat(hour.get("p50Ms").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(hour.get("p99Ms").doubleValue());
    }

    private static EventStream watching(Account account) throws IOException, InterruptedException {
        URI uri = account.node().baseUri().resolve("api/v1/notifications/stream?topics=admin");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + account.token())
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return EventStream.of(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), "");
    }

    @Test
    void retentionCanBeRun() {
        assertThat(admin.post("admin/retention/runs", null).data().get("events").isInt())
                .isTrue();
        assertThat(Admins.actions(admin)).containsExactly("retention.run");
        assertThat(admin.get("admin/statistics?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .problem())
                .isEqualTo("400 validation_failed");
    }
}
