package com.fleetman.messaging;

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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One user writes to another: who may, what is stored, and what all devices of both learn. */
@InContainer
class MessageIT {
    private final Account[] friends = Account.friends(Node.first(), "Grúas Ñandú", "Taller Überholt");
    private final Account sender = friends[0];
    private final Account recipient = friends[1];

    private static Account.Answer send(Account from, UUID to, String content, String... headers) {
        return from.post("messages", Map.of("recipientId", to, "content", content), headers);
    }

    private static long messagesOf(Account account) {
        return Rows.number(
                "select count(*) from message where sender_id = ? or recipient_id = ?", account.id(), account.id());
    }

    @Test
    void aMessageReachesAllDevicesOfBothWithItsNotificationAndCounts() {
        try (var from = Devices.of(sender);
                var to = Devices.of(recipient)) {
            JsonNode sent =
                    send(sender, recipient.id(), "  ¿Hola, qué tal? 🚜\n").data();

            assertThat(sent.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "id", "senderId", "recipientId", "content", "sentAt", "readAt", "conversationWith");
            assertThat(sent.get("content").textValue()).isEqualTo("¿Hola, qué tal? 🚜");
            assertThat(sent.get("senderId").textValue()).isEqualTo(id(sender));
            assertThat(sent.get("recipientId").textValue()).isEqualTo(id(recipient));
            assertThat(sent.get("conversationWith").textValue()).isEqualTo(id(recipient));
            assertThat(sent.get("readAt").isNull()).isTrue();
            assertThat(sent.get("sentAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

            JsonNode notification = to.next("message").data();
            assertIsNewMessage(notification, sent);
            assertThat(notification.get("count").intValue()).isEqualTo(1);
            assertThat(notification.get("counts").toString()).isEqualTo(counts(1, 1));
            JsonNode received = to.next("chat-message").data();
            assertThat(received.fieldNames())
                    .toIterable()
                    .containsExactly("message", "conversationWith", "unreadCount", "counts");
            assertThat(received.get("message")).isEqualTo(seenByRecipient(sent));
            assertThat(received.get("conversationWith").textValue()).isEqualTo(id(sender));
            assertThat(received.get("unreadCount").intValue()).isEqualTo(1);
            assertThat(received.get("counts").toString()).isEqualTo(counts(1, 1));
            to.assertNothingMore();
            to.assertCounts(1, 1);

            JsonNode own = from.next("chat-message").data();
            assertThat(own.get("message")).isEqualTo(sent);
            assertThat(own.get("conversationWith").textValue()).isEqualTo(id(recipient));
            assertThat(own.get("unreadCount").intValue()).isZero();
            assertThat(own.get("counts").toString()).isEqualTo(counts(0, 0));
            from.assertNothingMore();
            from.assertCounts(0, 0);

            assertIsNewMessage(recipient.get("notifications").data().at("/items/0"), sent);
        }
    }

    private void assertIsNewMessage(JsonNode notification, JsonNode sent) {
        assertThat(notification.get("userId").textValue()).isEqualTo(id(recipient));
        assertThat(notification.get("type").textValue()).isEqualTo("NEW_MESSAGE");
        assertThat(notification.get("title").textValue()).isEqualTo("notification.message.received");
        assertThat(notification.get("message").textValue()).isEqualTo("notification.message.received.description");
        assertThat(notification.get("actionUrl").textValue()).isEqualTo("/messages/conversations/" + id(sender));
        assertThat(notification.get("priority").textValue()).isEqualTo("NORMAL");
        assertThat(notification.get("source").textValue()).isEqualTo("MESSAGING");
        assertThat(notification.get("metadata"))
                .isEqualTo(Json.tree(Json.write(Map.of(
                        "messageId", sent.get("id"),
                        "senderId", id(sender),
                        "senderName", "Grúas Ñandú",
                        "messagePreview", sent.get("content"),
                        "conversationWith", id(sender)))));
    }

    private static String id(Account account) {
        return account.id().toString();
    }

    private static String counts(int notifications, int messages) {
        return "{\"notifications\":" + notifications + ",\"messages\":" + messages + "}";
    }

    /** The same message in the eyes of the other one of the two. */
    private JsonNode seenByRecipient(JsonNode sent) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) sent.deepCopy()).put("conversationWith", id(sender));
    }

    @Test
    void thePreviewIsAHundredCharactersAndNeverHalfOfOne() {
        try (var to = Devices.of(recipient)) {
            for (String content : List.of(
                    "x".repeat(99) + "🚜🚜",
                    "🚜".repeat(101),
                    "x".repeat(100) + "🚜",
                    "é".repeat(100),
                    "a👩\u200d🔧".repeat(40))) {
                send(sender, recipient.id(), content).data();

                String preview =
                        to.next("message").data().at("/metadata/messagePreview").textValue();
                to.next("chat-message");
                assertThat(content).startsWith(preview);
                assertThat(preview.codePointCount(0, preview.length())).isEqualTo(100);
                assertThat(preview.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
                assertThat(recipient
                                .get("notifications?limit=1")
                                .data()
                                .at("/items/0/metadata/messagePreview")
                                .textValue())
                        .isEqualTo(preview);
            }
        }
    }

    static List<String> texts() {
        return List.of(
                "e\u0301 is not \u00e9",
                "שלום \u202bעולם\u202c مرحبا",
                "👩\u200d👩\u200d👧\u200d👦 🏴\udb40\udc67\udb40\udc62\udb40\udc7f",
                "\uffff\ufffe\ufdd0 \udbff\udfff \ud800\udc00",
                "a\nb\r\nc\rd\te\u000bf\u0085g\u2028h\u2029i",
                "data: x\n\nevent: y\nid: 99\n\n: z",
                "\u200bzero\ufeffwidth\u2060",
                "\"quoted\" \\ \\n \\u0041 </script><b>&amp; ' -- %s ${x} {{y}}",
                "\u0001\u001b[31m\u007f\u009f",
                "ﷺ𒐫꧅𪘀");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anyUnicodeComesThroughUnchanged(String content) {
        try (var to = Devices.of(recipient);
                var from = Devices.of(sender)) {
            JsonNode sent = send(sender, recipient.id(), content).data();

            assertThat(sent.get("content").textValue()).isEqualTo(content);
            assertThat(to.next("message").data().at("/metadata/messagePreview").textValue())
                    .isEqualTo(content);
            assertThat(to.next("chat-message").data().at("/message/content").textValue())
                    .isEqualTo(content);
            assertThat(from.next("chat-message").data().at("/message/content").textValue())
                    .isEqualTo(content);
            assertThat(recipient
                            .get("messages/conversations/" + sender.id())
                            .data()
                            .at("/items/0/content")
                            .textValue())
                    .isEqualTo(content);
            assertThat(Rows.texts("select content from message where id = ?", uuid(sent)))
                    .containsExactly(content);
        }
    }

    private static UUID uuid(JsonNode sent) {
        return UUID.fromString(sent.get("id").textValue());
    }

    @Test
    void theLengthIsCountedInCharactersAfterTrimming() {
        assertThat(send(sender, recipient.id(), "x").data().get("content").textValue())
                .isEqualTo("x");
        assertThat(send(sender, recipient.id(), " \u00a0\u3000" + "🚜".repeat(1_000) + "\u2029\t\n")
                        .data()
                        .get("content")
                        .textValue())
                .isEqualTo("🚜".repeat(1_000));
        long before = messagesOf(sender);
        for (String wrong : List.of("🚜".repeat(1_001), "x".repeat(1_001))) {
            assertRefused(send(sender, recipient.id(), wrong), "400 validation_failed", "content", "too_long");
        }
        assertThat(messagesOf(sender)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r", "\u00a0", "\u3000\u2007\u202f\u0085\u2028"})
    void whiteSpaceIsNoMessage(String blank) {
        assertRefused(send(sender, recipient.id(), blank), "400 validation_failed", "content", "blank");
        assertThat(messagesOf(sender)).isZero();
    }

    private static void assertRefused(Account.Answer answer, String problem, String field, String code) {
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/code").textValue()).isEqualTo(code);
    }

    @Test
    void bothMustExistAndBeActiveAndBeTwo() {
        try (var from = Devices.of(sender)) {
            assertThat(send(sender, UUID.randomUUID(), "x").problem()).isEqualTo("404 user_not_found");
            assertRefused(send(sender, sender.id(), "x"), "400 message_to_self", "recipientId", "message_to_self");
            deactivate(recipient);
            assertThat(send(sender, recipient.id(), "x").problem()).isEqualTo("404 user_not_found");
            assertThat(send(recipient, sender.id(), "x").status()).isEqualTo(401);
            assertThat(Account.exchange(
                                    Node.first(),
                                    "POST",
                                    "messages",
                                    Json.write(Map.of("recipientId", recipient.id(), "content", "x")))
                            .problem())
                    .isEqualTo("401 unauthenticated");
            from.assertNothingMore();
        }
        assertThat(messagesOf(sender)).isZero();
    }

    private static void deactivate(Account account) {
        Account admin = Account.register(Node.first(), "Admin");
        admin.becomeAdministrator();
        assertThat(admin.onAnotherDevice()
                        .post("admin/users/" + account.id() + "/deactivate", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aStrangerMayWriteOnlyAfterAddingOrAccepting() {
        Account stranger = Account.register(Node.first(), "Stranger");
        assertThat(send(stranger, recipient.id(), "x").problem()).isEqualTo("403 not_a_contact");
        // To be somebody's contact is not to have them as one.
        recipient.post("users/me/contacts/" + stranger.id(), null).data();
        assertThat(send(stranger, recipient.id(), "x").problem()).isEqualTo("403 not_a_contact");
        send(recipient, stranger.id(), "first word").data();
        assertThat(send(stranger, recipient.id(), "x").problem()).isEqualTo("403 not_a_contact");

        stranger.post("messages/conversations/" + recipient.id() + "/accept", null)
                .data();

        assertThat(send(stranger, recipient.id(), "answer").status()).isEqualTo(200);
        assertThat(stranger.get("users/me/contacts").data().get("items")).isEmpty();
    }

    @Test
    void whoWasRemovedFromTheContactsIsAStrangerAgain() {
        sender.delete("users/me/contacts/" + recipient.id()).data();

        assertThat(send(sender, recipient.id(), "x").problem()).isEqualTo("403 not_a_contact");
        assertThat(send(recipient, sender.id(), "x").status()).isEqualTo(200);
    }

    @Test
    void aBlockWins() {
        sender.post("messages/conversations/" + recipient.id() + "/accept", null)
                .data();
        recipient.put("users/me/blocked/" + sender.id()).data();
        try (var to = Devices.of(recipient)) {
            assertThat(send(sender, recipient.id(), "x").problem()).isEqualTo("403 blocked");
            assertThat(send(recipient, sender.id(), "x").problem()).isEqualTo("403 you_blocked_them");
            sender.put("users/me/blocked/" + recipient.id()).data();
            assertThat(send(sender, recipient.id(), "x").problem()).isEqualTo("403 blocked");
            Account stranger = Account.register(Node.first(), "Stranger");
            recipient.put("users/me/blocked/" + stranger.id()).data();
            to.next("contact");
            assertThat(send(stranger, recipient.id(), "x").problem()).isEqualTo("403 blocked");
            to.assertNothingMore();
            to.assertCounts(0, 0);
        }
        assertThat(messagesOf(sender)).isZero();
        sender.delete("users/me/blocked/" + recipient.id()).data();
        recipient.delete("users/me/blocked/" + sender.id()).data();
        assertThat(send(sender, recipient.id(), "x").status()).isEqualTo(200);
    }

    @Test
    void aRetryIsAnsweredWithTheFirstResult() {
        String key = "key " + UUID.randomUUID();
        try (var from = Devices.of(sender);
                var to = Devices.of(recipient)) {
            JsonNode first = send(sender, recipient.id(), " hello ", "Idempotency-Key", key)
                    .data();
            from.next("chat-message");
            to.next("message");
            to.next("chat-message");
            recipient
                    .post("messages/conversations/" + sender.id() + "/read", null)
                    .data();
            to.next("notification-state");
            to.next("chat-read");
            from.next("chat-read");

            assertThat(send(sender, recipient.id(), "hello", "Idempotency-Key", key)
                            .data())
                    .isEqualTo(first);
            assertThat(send(sender, recipient.id(), "other", "Idempotency-Key", key)
                            .problem())
                    .isEqualTo("422 idempotency_key_reused");
            Account third = Account.register(Node.first(), "Third");
            sender.post("users/me/contacts/" + third.id(), null).data();
            from.next("contact");
            assertThat(send(sender, third.id(), "hello", "Idempotency-Key", key).problem())
                    .isEqualTo("422 idempotency_key_reused");
            // Even if it could not be sent any more.
            recipient.put("users/me/blocked/" + sender.id()).data();
            to.next("contact");
            assertThat(send(sender, recipient.id(), "hello", "Idempotency-Key", key)
                            .data())
                    .isEqualTo(first);
            from.assertNothingMore();
            to.assertNothingMore();
            to.assertCounts(0, 0);
        }
        assertThat(messagesOf(sender)).isEqualTo(1);
    }

    @Test
    void aKeyOfOneSenderIsNoKeyOfAnother() {
        JsonNode one =
                send(sender, recipient.id(), "x", "Idempotency-Key", "same").data();
        JsonNode other =
                send(recipient, sender.id(), "x", "Idempotency-Key", "same").data();

        assertThat(one.get("id")).isNotEqualTo(other.get("id"));
    }

    @Test
    void aKeyThatWasRefusedCanBeUsedAgain() {
        assertThat(send(sender, UUID.randomUUID(), "x", "Idempotency-Key", "k").problem())
                .isEqualTo("404 user_not_found");
        assertThat(send(sender, recipient.id(), "x", "Idempotency-Key", "k").status())
                .isEqualTo(200);
        assertRefused(
                send(sender, recipient.id(), "x", "Idempotency-Key", "k".repeat(256)),
                "400 validation_failed",
                "Idempotency-Key",
                "too_long");
        assertRefused(
                send(sender, recipient.id(), "x", "Idempotency-Key", ""),
                "400 validation_failed",
                "Idempotency-Key",
                "blank");
    }

    @Test
    void aMessageSentManyTimesAtOnceIsOneMessage() throws Exception {
        try (var from = Devices.of(sender);
                var to = Devices.of(recipient)) {
            List<JsonNode> answers = atOnce(Collections.nCopies(
                    8,
                    () -> send(sender, recipient.id(), "once", "Idempotency-Key", "storm")
                            .data()));

            assertThat(new HashSet<>(answers)).hasSize(1);
            to.next("message");
            to.next("chat-message");
            from.next("chat-message");
            from.assertNothingMore();
            to.assertNothingMore();
            to.assertCounts(1, 1);
        }
        assertThat(messagesOf(sender)).isEqualTo(1);
    }

    @Test
    void bothWriteAndReadAtOnceAndTheCountsHold() throws Exception {
        try (var from = Devices.of(sender);
                var to = Devices.of(recipient)) {
            var work = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                String text = "m" + i;
                work.add(() -> send(sender, recipient.id(), text).status());
                work.add(() -> send(recipient, sender.id(), text).status());
                work.add(() -> recipient
                        .post("messages/conversations/" + sender.id() + "/read", null)
                        .status());
                work.add(() -> sender.post("messages/conversations/" + recipient.id() + "/read", null)
                        .status());
            }
            assertThat(atOnce(work)).containsOnly(200);

            for (Account account : List.of(sender, recipient)) {
                Devices devices = account.equals(sender) ? from : to;
                long unread = Rows.number(
                        "select count(*) from message where recipient_id = ? and read_at is null", account.id());
                devices.assertCounts((int) unread, (int) unread);
                long last = Rows.number("select last_seq from inbox where user_id = ?", account.id());
                for (EventStream stream : devices.streams()) {
                    stream.awaitId(last);
                    EventStream.Event event =
                            stream.await("the last", e -> String.valueOf(last).equals(e.id()));
                    assertThat(event.data().get("counts").toString()).isEqualTo(counts((int) unread, (int) unread));
                }
            }
            assertThat(Rows.texts(
                            "select number from message where sender_id in (?, ?) order by number",
                            sender.id(),
                            recipient.id()))
                    .hasSize(20)
                    .doesNotHaveDuplicates()
                    .startsWith("1")
                    .endsWith("20");
        }
    }

    @Test
    void typingIsToldAtMostOncePerIntervalAndLeavesNoTrace() {
        try (var to = Devices.of(recipient);
                var from = Devices.of(sender)) {
            String path = "messages/conversations/" + recipient.id() + "/typing";
            long start = System.nanoTime();
            int told = 0;
            for (int i = 0; i < 6; i++) {
                JsonNode answer = sender.post(path, null).data();
                assertThat(answer.fieldNames()).toIterable().containsExactly("told");
                assertThat(i > 0 || answer.get("told").booleanValue())
                        .as("the first is told")
                        .isTrue();
                told += answer.get("told").booleanValue() ? 1 : 0;
            }
            long elapsedMs = (System.nanoTime() - start) / 1_000_000;
            assertThat((long) told).isBetween(1L, 1 + elapsedMs / 2_000);
            for (EventStream stream : to.streams()) {
                EventStream.Event event = stream.awaitNamed("typing");
                assertThat(event.id()).isNull();
                assertThat(event.text()).isEqualTo("{\"conversationWith\":\"" + id(sender) + "\"}");
            }
            to.assertNothingMore();
            from.assertNothingMore();

            // Both directions have an interval of their own.
            assertThat(recipient
                            .post("messages/conversations/" + sender.id() + "/typing", null)
                            .data()
                            .get("told")
                            .booleanValue())
                    .isTrue();
            from.streams().forEach(stream -> stream.awaitNamed("typing"));

            send(sender, recipient.id(), "x").data();
            to.next("message");
            to.next("chat-message");
            for (EventStream stream : to.streams()) {
                assertThat(typings(stream)).isBetween(1L, (long) told);
            }
        }
    }

    private static long typings(EventStream stream) {
        return stream.events().stream()
                .filter(event -> event.name().equals("typing"))
                .count();
    }

    @Test
    void typingIsForThoseWhoMayWrite() {
        Account stranger = Account.register(Node.first(), "Stranger");
        try (var to = Devices.of(recipient)) {
            assertThat(stranger.post("messages/conversations/" + recipient.id() + "/typing", null)
                            .problem())
                    .isEqualTo("403 not_a_contact");
            recipient.put("users/me/blocked/" + sender.id()).data();
            to.next("contact");
            assertThat(sender.post("messages/conversations/" + recipient.id() + "/typing", null)
                            .problem())
                    .isEqualTo("403 blocked");
            assertThat(recipient
                            .post("messages/conversations/" + sender.id() + "/typing", null)
                            .problem())
                    .isEqualTo("403 you_blocked_them");
            assertThat(sender.post("messages/conversations/" + UUID.randomUUID() + "/typing", null)
                            .problem())
                    .isEqualTo("404 user_not_found");
            assertThat(sender.post("messages/conversations/" + sender.id() + "/typing", null)
                            .status())
                    .isIn(400, 403);

            recipient.delete("users/me/blocked/" + sender.id()).data();
            to.next("contact");
            for (EventStream stream : to.streams()) {
                assertThat(typings(stream)).isZero();
            }
        }
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

    @Test
    void typingIsInNobodysLog() {
        send(sender, recipient.id(), "x").data();
        sender.post("messages/conversations/" + recipient.id() + "/typing", null)
                .data();

        assertThat(Set.copyOf(Rows.texts("select name from user_event where user_id = ?", recipient.id())))
                .isEqualTo(Set.of("", "chat-message", "contact"));
    }
}
