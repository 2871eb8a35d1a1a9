package com.fleetman.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One row for everybody: who is there learns it at once, who is away finds it, who comes later never had it. */
@InContainer
@Tag("once")
class AnnouncementIT {
    private static Account administrator;

    @BeforeAll
    static void administrator() {
        administrator = Account.register(Node.first(), "Dirección");
        Rows.update("update app_user set roles = 'ADMIN' where id = ?", administrator.id());
    }

    @Test
    void reachesEveryDeviceOfWhoIsThere() {
        Account user = Account.register(Node.first(), "Presente");
        long rows = Rows.number("select count(*) from announcement");
        try (Devices devices = Devices.of(user)) {
            announce("Mañana", null);

            JsonNode data = devices.next("message").data();
            assertThat(data.get("title").textValue()).isEqualTo("Mañana");
            assertThat(data.get("userId").textValue()).isEqualTo(user.id().toString());
            assertThat(data.get("metadata").get("hour").intValue()).isEqualTo(7);
            assertThat(data.get("count").intValue()).isEqualTo(1);
            JsonNode listed = user.get("notifications").data().get("items").get(0);
            assertThat(data.get("id")).isEqualTo(listed.get("id"));
            devices.assertNothingMore();
            devices.assertCounts(1, 0);

            user.post("notifications/read-all", null).data();
            devices.next("notification-state");
            devices.assertCounts(0, 0);
        }
        assertThat(Rows.number("select count(*) from announcement")).isEqualTo(rows + 1);
    }

    @Test
    void isFoundByWhoWasAway() {
        Account connects = Account.register(Node.first(), "Vuelve");
        Account lists = Account.register(Node.first(), "Lista");
        Account counts = Account.register(Node.first(), "Cuenta");
        announce("uno", null);
        announce("dos", null);

        assertThat(copies(connects)).isZero();
        try (EventStream stream = EventStream.open(connects).awaitConnected()) {
            JsonNode connected = stream.events().get(0).data();
            assertThat(connected.get("counts").get("notifications").intValue()).isEqualTo(2);
            assertThat(connected.get("seq").longValue()).isEqualTo(2);
        }
        try (EventStream stream = EventStream.open(connects, "0")) {
            stream.awaitId(2);
            assertThat(stream.ids()).containsExactly(1L, 2L);
        }
        assertThat(titles(lists)).containsExactly("dos", "uno");
        assertThat(counts.get("notifications/unread-count").data().get("count").intValue())
                .isEqualTo(2);
    }

    @Test
    void standsInTheLogBeforeWhateverIsAppendedLater() {
        Account[] users = Account.friends(Node.first(), "Antes", "Luego");
        announce("primero", null);
        announce("segundo", null);
        users[0].write(users[1], "tercero");

        assertThat(titles(users[1])).endsWith("segundo", "primero");
        assertThat(Rows.texts("select seq from user_event where user_id = ? order by seq", users[1].id()))
                .isEqualTo(LongStream.rangeClosed(1, lastSeq(users[1]))
                        .mapToObj(Long::toString)
                        .toList());
        try (Devices devices = Devices.of(users[1])) {
            devices.assertCounts(3, 1);
        }
    }

    @Test
    void isForThoseOfItsAudienceWhoWereThere() {
        Account client = Account.register(Node.first(), "Dueña");
        Account provider = Account.register(Node.first(), "Taller", "PROVIDER");
        announce("sólo talleres", "PROVIDER");
        Account late = Account.register(Node.first(), "Tarde", "PROVIDER");

        assertThat(titles(provider)).containsExactly("sólo talleres");
        assertThat(titles(client)).isEmpty();
        assertThat(titles(late)).isEmpty();
    }

    @Test
    void reachesTheDevicesOfEveryNodeOnce() {
        if (!Node.second().isRunning()) {
            Node.second().start();
        }
        Account user = Account.register(Node.first(), "Doble");
        Account there = user.on(Node.second());
        try (EventStream near = EventStream.open(user).awaitConnected();
                EventStream far = EventStream.open(there).awaitConnected()) {
            for (int i = 1; i <= 5; i++) {
                announce("aviso " + i, null);
            }
            for (EventStream stream : List.of(near, far)) {
                stream.awaitId(5);
                assertThat(stream.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
            }
        }
        assertThat(copies(user)).isEqualTo(5);
    }

    @Test
    void isForAdministratorsToMake() {
        Account user = Account.register(Node.first(), "Curiosa");

        assertThat(user.post("admin/announcements", Map.of("title", "a", "message", "b"))
                        .status())
                .isEqualTo(403);
        assertThat(administrator
                        .post("admin/announcements", Map.of("title", "", "message", "b"))
                        .status())
                .isEqualTo(400);
        assertThat(administrator
                        .post("admin/announcements", Map.of("title", "a", "message", "b", "audience", "ALIENS"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void isMadeOnceHoweverOftenItIsTriedWithItsKey() {
        Account user = Account.register(Node.first(), "Una vez");
        Map<String, String> order = Map.of("title", "Corte", "message", "A las 8", "actionUrl", "/machines");
        JsonNode made = administrator
                .post("admin/announcements", order, "Idempotency-Key", "corte-8")
                .data();

        assertThat(administrator
                        .post("admin/announcements", order, "Idempotency-Key", "corte-8")
                        .data())
                .isEqualTo(made);
        assertThat(administrator
                        .post(
                                "admin/announcements",
                                Map.of("title", "Corte", "message", "A las 9"),
                                "Idempotency-Key",
                                "corte-8")
                        .problem())
                .isEqualTo("422 idempotency_key_reused");
        assertThat(titles(user)).containsExactly("Corte");
        assertThat(user.get("notifications").data().at("/items/0/actionUrl").textValue())
                .isEqualTo("/machines");
        assertThat(administrator
                        .post("admin/announcements", Map.of("title", "a", "message", "b", "actionUrl", "//evil"))
                        .problem())
                .isEqualTo("400 validation_failed");
    }

    @Test
    void areListedTheNewestFirst() {
        announce("primero", "ADMIN");
        announce("segundo", null);

        JsonNode page = administrator.get("admin/announcements?limit=1").data();
        JsonNode next = administrator
                .get("admin/announcements?limit=1&cursor="
                        + page.get("nextCursor").textValue())
                .data();

        assertThat(page.at("/items/0/title").textValue()).isEqualTo("segundo");
        assertThat(next.at("/items/0/title").textValue()).isEqualTo("primero");
        assertThat(next.at("/items/0/audience").textValue()).isEqualTo("ADMIN");
        String id = next.at("/items/0/id").textValue();
        assertThat(administrator.get("admin/announcements/" + id).data())
                .isEqualTo(next.get("items").get(0));
        assertThat(administrator
                        .get("admin/announcements/" + administrator.id())
                        .problem())
                .isEqualTo("404 announcement_not_found");
    }

    @Test
    void standsInTheAuditLogWithoutWhatWasSaid() {
        announce("Secreto", "ADMIN");

        assertThat(Rows.texts(
                        "select action || ' ' || cast(after as text) from audit_entry where actor_id = ?"
                                + " order by number desc limit 1",
                        administrator.id()))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("announcement.send ")
                .contains("\"ADMIN\"")
                .doesNotContain("Secreto");
    }

    private static void announce(String title, @org.jspecify.annotations.Nullable String audience) {
        Map<String, Object> order =
                new HashMap<>(Map.of("title", title, "message", "Obras", "metadata", Map.of("hour", 7)));
        if (audience != null) {
            order.put("audience", audience);
        }
        administrator.post("admin/announcements", order).data();
    }

    private static List<String> titles(Account account) {
        JsonNode items = account.get("notifications").data().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get("title").textValue())
                .toList();
    }

    private static long copies(Account account) {
        return Rows.number("select count(*) from notification where user_id = ?", account.id());
    }

    private static long lastSeq(Account account) {
        return Rows.number("select last_seq from inbox where user_id = ?", account.id());
    }
}
