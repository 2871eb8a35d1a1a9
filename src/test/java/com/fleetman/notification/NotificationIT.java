package com.fleetman.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The inbox over REST and on the user's devices. */
@InContainer(probes = true)
class NotificationIT {
    private static final String[] FIELDS = {
        "id",
        "userId",
        "type",
        "title",
        "message",
        "metadata",
        "actionUrl",
        "priority",
        "source",
        "createdAt",
        "seenAt",
        "readAt",
        "archivedAt"
    };

    private final Account user = Account.register(Node.first(), "Grúas Ñandú");

    private JsonNode tell(Map<String, ?> told) {
        return user.post("test/notify", told).data();
    }

    private String told(String title) {
        return tell(Map.of("title", title)).get("id").textValue();
    }

    private JsonNode change(String id, String state) {
        return user.patch("notifications/" + id, Map.of("state", state)).data();
    }

    private List<String> titles(String query) {
        return titles(user.get("notifications" + query).data());
    }

    private static List<String> titles(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("title").textValue())
                .toList();
    }

    private static String counts(EventStream.Event event) {
        return event.data().get("counts").toString();
    }

    private static String unread(int notifications) {
        return "{\"notifications\":" + notifications + ",\"messages\":0}";
    }

    @Test
    void aNotificationIsTheSameInTheAnswerTheListAndTheEvent() {
        try (var devices = Devices.of(user)) {
            JsonNode made = tell(Map.of(
                    "type", "MACHINE_DOWN",
                    "title", "machine.down",
                    "message", "Grúa 7 🏗️ \u2028 parada",
                    "metadata", Map.of("machineId", 7, "hours", List.of(1.5, "x"), "name", "Ñ🚜"),
                    "actionUrl", "/machines/7",
                    "priority", "URGENT",
                    "source", "FLEET"));

            assertThat(made.fieldNames()).toIterable().containsExactlyInAnyOrder(FIELDS);
            assertThat(made.get("userId").textValue()).isEqualTo(user.id().toString());
            assertThat(made.get("message").textValue()).isEqualTo("Grúa 7 🏗️ \u2028 parada");
            assertThat(made.get("priority").textValue()).isEqualTo("URGENT");
            assertThat(made.get("source").textValue()).isEqualTo("FLEET");
            assertThat(made.get("createdAt").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(made.get("readAt").isNull()).isTrue();
            JsonNode event = devices.next("message").data();
            for (String field : FIELDS) {
                assertThat(event.get(field)).as(field).isEqualTo(made.get(field));
            }
            assertThat(event.get("count").intValue()).isEqualTo(1);
            assertThat(event.get("counts").toString()).isEqualTo(unread(1));
            JsonNode page = user.get("notifications").data();
            assertThat(page.get("items")).containsExactly(made);
            assertThat(page.get("nextCursor").isNull()).isTrue();
            devices.assertCounts(1, 0);
        }
    }

    @Test
    void priorityIsNormalAndSourceSystemUnlessSaid() {
        JsonNode made = tell(Map.of());

        assertThat(made.get("priority").textValue()).isEqualTo("NORMAL");
        assertThat(made.get("source").textValue()).isEqualTo("SYSTEM");
        assertThat(made.get("actionUrl").isNull()).isTrue();
        assertThat(made.get("metadata")).isEmpty();
    }

    @Test
    void everyChangeOfStateIsOneEventWithTheRightCount() {
        try (var devices = Devices.of(user)) {
            String id = told("one");
            told("two");
            devices.next("message");
            devices.next("message");

            record Step(String state, int unread, boolean seen, boolean read, boolean archived) {}
            for (Step step : List.of(
                    new Step("seen", 2, true, false, false),
                    new Step("read", 1, true, true, false),
                    new Step("unread", 2, true, false, false),
                    new Step("archived", 1, true, false, true),
                    new Step("read", 1, true, true, true),
                    new Step("unread", 2, true, false, false),
                    new Step("read", 1, true, true, false),
                    new Step("archived", 1, true, true, true))) {
                JsonNode after = change(id, step.state());
                EventStream.Event event = devices.next("notification-state");

                assertThat(after.get("seenAt").isNull()).as(step + " seen").isEqualTo(!step.seen());
                assertThat(after.get("readAt").isNull()).as(step + " read").isEqualTo(!step.read());
                assertThat(after.get("archivedAt").isNull())
                        .as(step + " archived")
                        .isEqualTo(!step.archived());
                assertThat(counts(event)).as(step.toString()).isEqualTo(unread(step.unread()));
                assertThat(event.data().get("change").textValue()).isEqualTo(step.state());
                assertThat(event.data().get("all").booleanValue()).isFalse();
                assertThat(event.data().get("ids").toString()).isEqualTo("[\"" + id + "\"]");
                for (String time : List.of("seenAt", "readAt", "archivedAt")) {
                    assertThat(event.data().get(time)).as(step + " " + time).isEqualTo(after.get(time));
                }
                devices.assertCounts(step.unread(), 0);

                assertThat(change(id, step.state())).as("again: " + step).isEqualTo(after);
                devices.assertNothingMore();
            }
            assertThat(titles("?state=all")).containsExactly("two", "one");
        }
    }

    @Test
    void anUnknownStateIsRefusedByName() {
        String id = told("one");

        for (Object body : List.of(Map.of("state", "READ"), Map.of("state", "deleted"), Map.of("state", ""))) {
            Account.Answer answer = user.patch("notifications/" + id, body);
            assertThat(answer.problem()).isEqualTo("400 validation_failed");
            assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("state");
            assertThat(answer.json().at("/errors/0/code").textValue()).isEqualTo("unknown_value");
        }
        Account.Answer none = user.patch("notifications/" + id, Map.of());
        assertThat(none.problem()).isEqualTo("400 validation_failed");
        assertThat(none.json().at("/errors/0/code").textValue()).isEqualTo("required");
        assertThat(change(id, "unread").get("seenAt").isNull()).isTrue();
    }

    @Test
    void readAllReadsAllThatIsUnreadInOneEvent() {
        try (var devices = Devices.of(user)) {
            String archived = told("archived");
            String seen = told("seen");
            told("new");
            devices.next("message");
            devices.next("message");
            devices.next("message");
            change(archived, "archived");
            devices.next("notification-state");
            String seenAt = change(seen, "seen").get("seenAt").textValue();
            devices.next("notification-state");

            JsonNode answer = user.post("notifications/read-all", null).data();

            assertThat(answer.toString()).isEqualTo("{\"count\":0,\"counts\":" + unread(0) + "}");
            JsonNode event = devices.next("notification-state").data();
            assertThat(event.get("change").textValue()).isEqualTo("read");
            assertThat(event.get("all").booleanValue()).isTrue();
            assertThat(event.get("ids")).isEmpty();
            assertThat(event.get("counts").toString()).isEqualTo(unread(0));
            devices.assertCounts(0, 0);
            assertThat(titles("?state=read")).containsExactly("new", "seen");
            JsonNode items = user.get("notifications?state=read").data().get("items");
            assertThat(items.get(1).get("seenAt").textValue()).isEqualTo(seenAt);
            assertThat(items.get(0).get("readAt")).isEqualTo(event.get("readAt"));
            assertThat(user.get("notifications?state=archived")
                            .data()
                            .at("/items/0/readAt")
                            .isNull())
                    .isTrue();

            assertThat(user.post("notifications/read-all", null).status()).isEqualTo(200);
            devices.assertNothingMore();
        }
    }

    @Test
    void aDeletedOneIsGoneEverywhere() {
        try (var devices = Devices.of(user)) {
            String unread = told("unread");
            String read = told("read");
            devices.next("message");
            devices.next("message");
            change(read, "read");
            devices.next("notification-state");

            assertThat(user.delete("notifications/" + read).data().toString()).isEqualTo("{\"id\":\"" + read + "\"}");
            EventStream.Event first = devices.next("notification-state");
            assertThat(counts(first)).isEqualTo(unread(1));
            assertThat(first.data().get("change").textValue()).isEqualTo("deleted");
            assertThat(first.data().get("ids").toString()).isEqualTo("[\"" + read + "\"]");
            user.delete("notifications/" + unread).data();
            assertThat(counts(devices.next("notification-state"))).isEqualTo(unread(0));

            assertThat(titles("?state=all")).isEmpty();
            assertThat(user.delete("notifications/" + unread).problem()).isEqualTo("404 notification_not_found");
            assertThat(user.patch("notifications/" + unread, Map.of("state", "read"))
                            .problem())
                    .isEqualTo("404 notification_not_found");
            devices.assertNothingMore();
            devices.assertCounts(0, 0);
        }
    }

    @Test
    void somebodyElsesNotificationDoesNotExist() {
        String id = told("mine");
        Account stranger = Account.register(Node.first(), "Stranger");

        assertThat(stranger.patch("notifications/" + id, Map.of("state", "read"))
                        .problem())
                .isEqualTo("404 notification_not_found");
        assertThat(stranger.delete("notifications/" + id).problem()).isEqualTo("404 notification_not_found");
        assertThat(stranger.get("notifications?state=all").data().get("items")).isEmpty();
        stranger.post("notifications/read-all", null).data();
        assertThat(titles("?state=unread")).containsExactly("mine");
        for (String path : List.of("notifications", "notifications/unread-count")) {
            assertThat(Account.exchange(Node.first(), "GET", path, null).problem())
                    .isEqualTo("401 unauthenticated");
        }
        assertThat(Account.exchange(Node.first(), "POST", "notifications/read-all", null)
                        .problem())
                .isEqualTo("401 unauthenticated");
        assertThat(Account.exchange(Node.first(), "DELETE", "notifications/" + id, null)
                        .problem())
                .isEqualTo("401 unauthenticated");
        assertThat(Account.exchange(Node.first(), "PATCH", "notifications/" + id, "{\"state\":\"read\"}")
                        .problem())
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void filtersOfTheListAgreeWithTheStates() {
        told("new");
        change(told("seen"), "seen");
        change(told("read"), "read");
        change(told("archived"), "archived");
        tell(Map.of("title", "alarm", "type", "ALARM", "source", "FLEET", "priority", "HIGH"));

        assertThat(titles("")).containsExactly("alarm", "read", "seen", "new");
        assertThat(titles("?state=inbox")).containsExactly("alarm", "read", "seen", "new");
        assertThat(titles("?state=unread")).containsExactly("alarm", "seen", "new");
        assertThat(titles("?state=read")).containsExactly("read");
        assertThat(titles("?state=seen")).containsExactly("read", "seen");
        assertThat(titles("?state=unseen")).containsExactly("alarm", "new");
        assertThat(titles("?state=archived")).containsExactly("archived");
        assertThat(titles("?state=all")).containsExactly("alarm", "archived", "read", "seen", "new");
        assertThat(titles("?type=ALARM")).containsExactly("alarm");
        assertThat(titles("?type=TEST&state=unread")).containsExactly("seen", "new");
        assertThat(titles("?source=FLEET&priority=HIGH&type=ALARM&state=unread"))
                .containsExactly("alarm");
        assertThat(titles("?source=FLEET&priority=LOW")).isEmpty();
        assertThat(titles("?source=%25")).isEmpty();
        assertThat(titles("?priority=NORMAL")).containsExactly("read", "seen", "new");
        assertThat(rejected("?state=new")).isEqualTo("state: unknown_value");
        assertThat(rejected("?priority=normal")).isEqualTo("priority: unknown_value");
        assertThat(rejected("?type=")).isEqualTo("type: blank");
        assertThat(rejected("?source=" + "x".repeat(101))).isEqualTo("source: too_long");
    }

    private String rejected(String query) {
        Account.Answer answer = user.get("notifications" + query);
        assertThat(answer.problem()).isEqualTo("400 validation_failed");
        return answer.json().at("/errors/0/field").textValue() + ": "
                + answer.json().at("/errors/0/code").textValue();
    }

    @Test
    void pagesHaveNoGapAndNoDoubleWhileNewOnesArriveAndOldOnesGo() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 11; i++) {
            told("n" + i);
            expected.add(0, "n" + i);
        }
        var seen = new ArrayList<String>();
        String query = "?limit=3";
        @Nullable String cursor;
        do {
            JsonNode page = user.get("notifications" + query).data();
            assertThat(page.get("items").size()).isBetween(1, 3);
            seen.addAll(titles(page));
            cursor = page.get("nextCursor").textValue();
            query = "?limit=3&cursor=" + cursor;
            told("late");
            user.delete("notifications/" + page.at("/items/0/id").textValue()).data();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(user.get("notifications?limit=100").data().get("nextCursor").isNull())
                .isTrue();
    }

    @Test
    void aLastPageThatIsFullSaysThatItIsTheLast() {
        told("one");
        told("two");

        JsonNode page = user.get("notifications?limit=2").data();

        assertThat(titles(page)).containsExactly("two", "one");
        assertThat(page.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aKeyHasOneLiveNotification() {
        try (var devices = Devices.of(user)) {
            JsonNode first = tell(Map.of("dedupKey", "oil-7", "title", "first"));
            assertThat(counts(devices.next("message"))).isEqualTo(unread(1));

            assertThat(tell(Map.of("dedupKey", "oil-7", "title", "second"))).isEqualTo(first);
            devices.assertNothingMore();
            assertThat(tell(Map.of("dedupKey", "oil-8")).get("id")).isNotEqualTo(first.get("id"));
            devices.next("message");

            change(first.get("id").textValue(), "seen");
            devices.next("notification-state");
            assertThat(tell(Map.of("dedupKey", "oil-7")).get("id")).isEqualTo(first.get("id"));
            change(first.get("id").textValue(), "read");
            devices.next("notification-state");

            JsonNode next = tell(Map.of("dedupKey", "oil-7", "title", "third"));
            assertThat(next.get("id")).isNotEqualTo(first.get("id"));
            assertThat(counts(devices.next("message"))).isEqualTo(unread(2));
            change(next.get("id").textValue(), "archived");
            devices.next("notification-state");
            assertThat(tell(Map.of("dedupKey", "oil-7", "title", "fourth"))
                            .get("title")
                            .textValue())
                    .isEqualTo("fourth");
            devices.next("message");
            devices.assertCounts(2, 0);
        }
    }

    @Test
    void aKeyOfOneUserIsNoKeyOfAnother() {
        Account other = Account.register(Node.first(), "Other");
        JsonNode mine = tell(Map.of("dedupKey", "same"));

        JsonNode theirs = other.post("test/notify", Map.of("dedupKey", "same")).data();

        assertThat(theirs.get("id")).isNotEqualTo(mine.get("id"));
        assertThat(theirs.get("userId").textValue()).isEqualTo(other.id().toString());
    }

    @Test
    void aKeyHasOneLiveNotificationAlsoWhenAnOldOneIsMadeUnreadAgain() {
        String old = tell(Map.of("dedupKey", "oil")).get("id").textValue();
        change(old, "read");
        String live = tell(Map.of("dedupKey", "oil")).get("id").textValue();

        assertThat(change(old, "unread").get("readAt").isNull()).isTrue();

        assertThat(Rows.texts(
                        "select id from notification where user_id = ? and dedup_key = 'oil' and read_at is null"
                                + " and archived_at is null",
                        user.id()))
                .containsExactly(live);
        assertThat(tell(Map.of("dedupKey", "oil")).get("id").textValue()).isEqualTo(live);
        change(live, "read");
        assertThat(tell(Map.of("dedupKey", "oil")).get("id").textValue()).isNotIn(old, live);
    }

    @Test
    void aKeyToldManyTimesAtOnceIsToldOnce() throws Exception {
        try (var devices = Devices.of(user)) {
            Set<String> ids = new TreeSet<>(
                    atOnce(8, () -> tell(Map.of("dedupKey", "storm")).get("id").textValue()));

            assertThat(ids).hasSize(1);
            devices.next("message");
            devices.assertNothingMore();
            devices.assertCounts(1, 0);
        }
    }

    @Test
    void metadataHasAtMostEightKibibytesOfJson() {
        int frame = "{\"a\":\"\"}".length();
        String longest = "é".repeat((8_192 - frame) / 2);
        try (var devices = Devices.of(user)) {
            JsonNode made = tell(Map.of("metadata", Map.of("a", longest)));
            assertThat(made.at("/metadata/a").textValue()).isEqualTo(longest);
            assertThat(devices.next("message").data().at("/metadata/a").textValue())
                    .isEqualTo(longest);

            Account.Answer answer = user.post("test/notify", Map.of("metadata", Map.of("a", longest + "x")));
            assertThat(answer.problem()).isEqualTo("400 metadata_too_large");
            assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("metadata");
            devices.assertNothingMore();
            devices.assertCounts(1, 0);
        }
    }

    @Test
    void whatIsRolledBackWasNeverTold() {
        try (var devices = Devices.of(user)) {
            assertThat(user.post("test/notify/and-fail", Map.of("title", "ghost"))
                            .problem())
                    .isEqualTo("409 failed_later");
            devices.assertNothingMore();

            told("real");

            JsonNode event = devices.next("message").data();
            assertThat(event.get("title").textValue()).isEqualTo("real");
            assertThat(event.get("count").intValue()).isEqualTo(1);
            assertThat(devices.streams())
                    .allSatisfy(stream -> assertThat(stream.events().stream().map(EventStream.Event::text))
                            .noneMatch(text -> text.contains("ghost")));
            assertThat(titles("?state=all")).containsExactly("real");
            devices.assertCounts(1, 0);
        }
    }

    @Test
    void aFeatureMayTellSeveralThingsInOneTransaction() {
        try (var devices = Devices.of(user)) {
            user.post("test/notify/twice", Map.of("title", "both")).data();

            assertThat(devices.next("message").data().get("count").intValue()).isEqualTo(1);
            assertThat(devices.next("message").data().get("count").intValue()).isEqualTo(2);
            devices.assertCounts(2, 0);
        }
    }

    @Test
    void countsHoldWhenManyDevicesChangeEverythingAtOnce() throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            ids.add(told("n" + i));
        }
        try (var devices = Devices.of(user)) {
            var states = List.of("read", "unread", "archived", "seen", "unread", "read");
            var work = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 36; i++) {
                String id = ids.get(i % 6);
                String state = states.get(i / 6);
                work.add(() -> user.patch("notifications/" + id, Map.of("state", state))
                        .status());
                if (i % 9 == 0) {
                    work.add(() -> user.post("notifications/read-all", null).status());
                    work.add(() -> user.post("test/notify", Map.of()).status());
                }
            }
            assertThat(atOnce(work)).containsOnly(200);

            long unread = Rows.number(
                    "select count(*) from notification where user_id = ? and read_at is null and archived_at is null",
                    user.id());
            devices.assertCounts((int) unread, 0);
            long last = Rows.number("select last_seq from inbox where user_id = ?", user.id());
            for (EventStream stream : devices.streams()) {
                stream.awaitId(last);
                var counted = stream.events().stream()
                        .filter(EventStream.Event::isLogged)
                        .toList();
                assertThat(counts(counted.get(counted.size() - 1))).isEqualTo(unread((int) unread));
                assertThat(stream.ids()).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void oldEventsAndTheLastStateAgree() {
        try (var devices = Devices.of(user)) {
            String id = told("one");
            EventStream.Event event = devices.next("message");
            change(id, "read");
            JsonNode state = devices.next("notification-state").data();

            JsonNode fresh = user.get("notifications").data().at("/items/0");

            assertThat(event.data().get("id")).isEqualTo(fresh.get("id"));
            assertThat(state.get("readAt")).isEqualTo(fresh.get("readAt"));
            assertThat(state.get("seenAt")).isEqualTo(fresh.get("seenAt"));
            assertThat(Rows.texts("select data from user_event where user_id = ? order by seq", user.id()))
                    .containsExactly(event.text(), Json.write(state));
        }
    }

    @Test
    void anUnknownIdIsNotFoundAndNoIdIsRefused() {
        assertThat(user.patch("notifications/" + UUID.randomUUID(), Map.of("state", "read"))
                        .problem())
                .isEqualTo("404 notification_not_found");
        assertThat(user.delete("notifications/" + UUID.randomUUID()).problem()).isEqualTo("404 notification_not_found");
        assertThat(user.delete("notifications/7").problem()).isEqualTo("400 invalid_uuid");
    }

    private static <T> List<T> atOnce(int times, Callable<T> request) throws Exception {
        return atOnce(java.util.Collections.nCopies(times, request));
    }

    private static <T> List<T> atOnce(List<Callable<T>> requests) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
