package com.fleetman.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conversations as their users have them in a list, read them and have read them. */
@InContainer
class ConversationIT {
    private final Account[] friends = Account.friends(Node.first(), "Me", "Peer");
    private final Account me = friends[0];
    private final Account peer = friends[1];

    private Account newPeer(String name) {
        Account other = Account.register(Node.first(), name);
        other.post("users/me/contacts/" + me.id(), null).data();
        return other;
    }

    private static List<String> values(JsonNode page, String pointer) {
        return page.get("items")
                .valueStream()
                .map(item -> item.at(pointer).asText())
                .toList();
    }

    private List<String> names(String query) {
        return values(me.get("messages/conversations" + query).data(), "/user/companyName");
    }

    private static String counts(int notifications, int messages) {
        return "{\"notifications\":" + notifications + ",\"messages\":" + messages + "}";
    }

    private static String id(Account account) {
        return account.id().toString();
    }

    private static JsonNode read(Account reader, Account of, @Nullable JsonNode upTo) {
        return reader.post(
                        "messages/conversations/" + of.id() + "/read",
                        upTo == null ? null : Map.of("messageId", upTo.get("id")))
                .data();
    }

    @Test
    void aConversationIsInTheListsOfBothWithItsLastMessage() {
        JsonNode first = peer.write(me, "first");
        JsonNode last = me.write(peer, "last");

        JsonNode page = me.get("messages/conversations").data();
        assertThat(page.get("nextCursor").isNull()).isTrue();
        assertThat(page.get("items")).hasSize(1);
        JsonNode mine = page.at("/items/0");
        assertThat(mine.fieldNames())
                .toIterable()
                .containsExactly(
                        "conversationWith",
                        "user",
                        "lastMessage",
                        "lastActivityAt",
                        "unreadCount",
                        "isContact",
                        "isBlocked",
                        "isAccepted");
        assertThat(mine.get("conversationWith").textValue()).isEqualTo(id(peer));
        assertThat(mine.at("/user/companyName").textValue()).isEqualTo("Peer");
        assertThat(mine.get("user").fieldNames()).toIterable().containsExactly("id", "companyName", "type", "locale");
        assertThat(mine.get("lastMessage")).isEqualTo(last);
        assertThat(mine.get("lastActivityAt")).isEqualTo(last.get("sentAt"));
        assertThat(mine.get("unreadCount").intValue()).isEqualTo(1);
        assertThat(mine.get("isContact").booleanValue()).isTrue();
        JsonNode theirs = peer.get("messages/conversations").data().at("/items/0");
        assertThat(theirs.get("conversationWith").textValue()).isEqualTo(id(me));
        assertThat(theirs.at("/lastMessage/conversationWith").textValue()).isEqualTo(id(me));
        assertThat(theirs.at("/lastMessage/id")).isEqualTo(last.get("id"));
        assertThat(first.get("id")).isNotEqualTo(last.get("id"));
        assertThat(Rows.number(
                        "select count(*) from conversation where ? in (low_id, high_id) and ? in (low_id, high_id)",
                        me.id(),
                        peer.id()))
                .isEqualTo(1);
    }

    @Test
    void theListIsByNewestMessageAndPagesHaveNoDouble() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            newPeer("P" + i).write(me, "hello");
            expected.add(0, "P" + i);
        }
        assertThat(names("")).containsExactlyElementsOf(expected);

        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            JsonNode page = me.get("messages/conversations?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .data();
            seen.addAll(values(page, "/user/companyName"));
            cursor = page.get("nextCursor").textValue();
            peer.write(me, "comes to the top while the list is read");
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(names("?limit=1")).containsExactly("Peer");
    }

    @Test
    void searchFindsNamesAndTextsLiterally() {
        newPeer("Grúas 100% Ñandú").write(me, "about the crane");
        newPeer("under_score").write(me, "C:\\temp and 'quotes'");
        newPeer("Other").write(me, "nothing of it 🚜");
        newPeer("Silent");

        assertThat(search("crane")).containsExactly("Grúas 100% Ñandú");
        assertThat(search("CRANE")).containsExactly("Grúas 100% Ñandú");
        assertThat(search("  crane ")).containsExactly("Grúas 100% Ñandú");
        assertThat(search("Grúas")).containsExactly("Grúas 100% Ñandú");
        assertThat(search("%")).containsExactly("Grúas 100% Ñandú");
        assertThat(search("_")).containsExactly("under_score");
        assertThat(search("\\")).containsExactly("under_score");
        assertThat(search("'")).containsExactly("under_score");
        assertThat(search("🚜")).containsExactly("Other");
        assertThat(search("_rane")).isEmpty();
        assertThat(search("Silent")).isEmpty();
        assertThat(search(" ")).hasSize(3);
        assertThat(search("o")).containsExactly("Other", "under_score", "Grúas 100% Ñandú");
        assertThat(search("x".repeat(100))).isEmpty();
        assertRejected("?search=" + "x".repeat(101), "search", "too_long");
        assertRejected("?search=a%00b", "search", "nul_character");
    }

    private List<String> search(String text) {
        return names("?search=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private void assertRejected(String query, String field, String code) {
        Account.Answer answer = me.get("messages/conversations" + query);
        assertThat(answer.problem()).isEqualTo("400 validation_failed");
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/code").textValue()).isEqualTo(code);
    }

    @Test
    void onlyContactsIsOnlyTheOwnContacts() {
        peer.write(me, "from a contact");
        newPeer("Stranger").write(me, "from one who has me as contact");

        assertThat(names("")).containsExactly("Stranger", "Peer");
        assertThat(values(me.get("messages/conversations").data(), "/isContact"))
                .containsExactly("false", "true");
        assertThat(names("?onlyContacts=true")).containsExactly("Peer");
        assertThat(names("?onlyContacts=false")).containsExactly("Stranger", "Peer");
        assertThat(names("?onlyContacts=true&search=stranger")).isEmpty();
        assertThat(names("?onlyContacts=true&search=contact")).containsExactly("Peer");
        me.delete("users/me/contacts/" + peer.id()).data();
        me.put("users/me/blocked/" + peer.id()).data();
        assertThat(names("?onlyContacts=true")).isEmpty();
        assertThat(values(me.get("messages/conversations").data(), "/isBlocked"))
                .containsExactly("false", "true");
        assertRejected("?onlyContacts=yes", "onlyContacts", "unknown_value");
    }

    @Test
    void historyIsNewestFirstWithoutGapOrDoubleWhileNewOnesArrive() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            (i % 2 == 0 ? me : peer).write(i % 2 == 0 ? peer : me, "m" + i);
            expected.add(0, "m" + i);
        }
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            JsonNode page = me.get("messages/conversations/" + peer.id() + "?limit=3"
                            + (cursor == null ? "" : "&cursor=" + cursor))
                    .data();
            page.get("items").forEach(item -> {
                seen.add(item.get("content").textValue());
                assertThat(item.get("conversationWith").textValue()).isEqualTo(id(peer));
            });
            cursor = page.get("nextCursor").textValue();
            peer.write(me, "late");
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void aHistoryIsForItsTwoUsers() {
        JsonNode message = me.write(peer, "between us");
        Account stranger = Account.register(Node.first(), "Stranger");

        assertThat(stranger.get("messages/conversations").data().get("items")).isEmpty();
        assertThat(stranger.get("messages/conversations/" + me.id()).data().get("items"))
                .isEmpty();
        assertThat(stranger.get("messages/conversations/" + peer.id()).data().get("items"))
                .isEmpty();
        assertThat(stranger.post("messages/conversations/" + me.id() + "/read", Map.of("messageId", message.get("id")))
                        .problem())
                .isEqualTo("404 message_not_found");
        assertThat(me.get("messages/conversations/" + UUID.randomUUID()).problem())
                .isEqualTo("404 user_not_found");
        assertThat(me.get("messages/conversations/x").problem()).isEqualTo("400 invalid_uuid");
        assertThat(me.get("messages/conversations/" + me.id()).data().get("items"))
                .isEmpty();
        for (String[] call : new String[][] {
            {"GET", ""},
            {"GET", "/" + peer.id()},
            {"POST", "/" + peer.id() + "/read"},
            {"POST", "/" + peer.id() + "/typing"},
            {"POST", "/" + peer.id() + "/accept"}
        }) {
            assertThat(Account.exchange(Node.first(), call[0], "messages/conversations" + call[1], null)
                            .problem())
                    .isEqualTo("401 unauthenticated");
        }
    }

    @Test
    void readingTellsBothSidesOnAllDevices() {
        try (var mine = Devices.of(me);
                var theirs = Devices.of(peer)) {
            JsonNode first = peer.write(me, "first");
            JsonNode second = peer.write(me, "second");
            JsonNode third = peer.write(me, "third");
            for (int i = 1; i <= 3; i++) {
                mine.next("message");
                assertThat(mine.next("chat-message").data().get("unreadCount").intValue())
                        .isEqualTo(i);
                theirs.next("chat-message");
            }
            mine.assertCounts(3, 3);

            JsonNode answer = read(me, peer, second);

            assertThat(answer.toString())
                    .isEqualTo("{\"conversationWith\":\"" + peer.id() + "\",\"unreadCount\":1,\"counts\":"
                            + counts(1, 1) + "}");
            JsonNode state = mine.next("notification-state").data();
            assertThat(state.get("change").textValue()).isEqualTo("read");
            assertThat(state.get("ids")).hasSize(2);
            JsonNode own = mine.next("chat-read").data();
            assertThat(own.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "conversationWith", "readerId", "upToMessageId", "readAt", "unreadCount", "counts");
            assertThat(own.get("conversationWith").textValue()).isEqualTo(id(peer));
            assertThat(own.get("readerId").textValue()).isEqualTo(id(me));
            assertThat(own.get("upToMessageId")).isEqualTo(second.get("id"));
            assertThat(own.get("unreadCount").intValue()).isEqualTo(1);
            assertThat(own.get("counts").toString()).isEqualTo(counts(1, 1));
            JsonNode receipt = theirs.next("chat-read").data();
            assertThat(receipt.get("conversationWith").textValue()).isEqualTo(id(me));
            assertThat(receipt.get("readerId").textValue()).isEqualTo(id(me));
            assertThat(receipt.get("upToMessageId")).isEqualTo(second.get("id"));
            assertThat(receipt.get("readAt")).isEqualTo(own.get("readAt"));
            assertThat(receipt.get("unreadCount").intValue()).isZero();
            assertThat(receipt.get("counts").toString()).isEqualTo(counts(0, 0));
            mine.assertCounts(1, 1);
            theirs.assertCounts(0, 0);
            JsonNode history = peer.get("messages/conversations/" + me.id()).data();
            assertThat(values(history, "/readAt"))
                    .containsExactly(
                            "null",
                            own.get("readAt").textValue(),
                            own.get("readAt").textValue());
            assertThat(history.at("/items/0/id")).isEqualTo(third.get("id"));
            assertThat(me.get("messages/conversations")
                            .data()
                            .at("/items/0/unreadCount")
                            .intValue())
                    .isEqualTo(1);

            // Again, or further back: nothing changes, nobody is told.
            assertThat(read(me, peer, second)).isEqualTo(answer);
            assertThat(read(me, peer, first)).isEqualTo(answer);
            mine.assertNothingMore();
            theirs.assertNothingMore();

            assertThat(read(me, peer, null).get("unreadCount").intValue()).isZero();
            mine.next("notification-state");
            assertThat(mine.next("chat-read").data().get("upToMessageId")).isEqualTo(third.get("id"));
            theirs.next("chat-read");
            read(me, peer, null);
            mine.assertNothingMore();
            theirs.assertNothingMore();
            mine.assertCounts(0, 0);
        }
    }

    @Test
    void oneReadsOnlyWhatTheOtherWrote() {
        peer.write(me, "to me");
        JsonNode mine = me.write(peer, "from me");

        read(me, peer, mine);

        JsonNode history = peer.get("messages/conversations/" + me.id()).data();
        assertThat(history.at("/items/0/readAt").isNull()).isTrue();
        assertThat(history.at("/items/1/readAt").isNull()).isFalse();
        try (var theirs = Devices.of(peer)) {
            theirs.assertCounts(1, 1);
        }
    }

    @Test
    void notificationsOfOtherConversationsStayUnread() {
        Account other = newPeer("Other");
        peer.write(me, "one");
        other.write(me, "two");

        read(me, peer, null);

        try (var devices = Devices.of(me)) {
            devices.assertCounts(1, 1);
        }
        assertThat(values(me.get("notifications?state=unread").data(), "/metadata/senderName"))
                .containsExactly("Other");
    }

    @Test
    void toReadANotificationIsNotToReadTheMessage() {
        try (var devices = Devices.of(me)) {
            peer.write(me, "one");
            JsonNode notification = devices.next("message").data();
            devices.next("chat-message");
            me.patch("notifications/" + notification.get("id").textValue(), Map.of("state", "read"))
                    .data();
            assertThat(devices.next("notification-state").data().get("counts").toString())
                    .isEqualTo(counts(0, 1));
            devices.assertCounts(0, 1);

            read(me, peer, null);

            assertThat(devices.next("chat-read").data().get("counts").toString())
                    .isEqualTo(counts(0, 0));
            devices.assertNothingMore();
            devices.assertCounts(0, 0);
        }
    }

    @Test
    void aDeletedOrArchivedNotificationDoesNotHinderReading() {
        try (var devices = Devices.of(me)) {
            for (String text : List.of("one", "two", "three")) {
                peer.write(me, text);
                devices.next("message");
                devices.next("chat-message");
            }
            JsonNode items = me.get("notifications").data().get("items");
            me.delete("notifications/" + items.get(0).get("id").textValue()).data();
            devices.next("notification-state");
            me.patch("notifications/" + items.get(1).get("id").textValue(), Map.of("state", "archived"))
                    .data();
            devices.next("notification-state");

            read(me, peer, null);

            assertThat(devices.next("notification-state").data().get("ids")).hasSize(1);
            devices.next("chat-read");
            devices.assertCounts(0, 0);
        }
    }

    @Test
    void thereIsNothingToReadWhereNothingWasWritten() {
        try (var devices = Devices.of(me)) {
            assertThat(read(me, peer, null).toString())
                    .isEqualTo("{\"conversationWith\":\"" + peer.id() + "\",\"unreadCount\":0,\"counts\":"
                            + counts(0, 0) + "}");
            String path = "messages/conversations/" + peer.id() + "/read";
            assertThat(me.post(path, Map.of("messageId", UUID.randomUUID())).problem())
                    .isEqualTo("404 message_not_found");
            assertThat(me.post("messages/conversations/" + UUID.randomUUID() + "/read", null)
                            .problem())
                    .isEqualTo("404 user_not_found");
            Account.Answer noId = me.post(path, Map.of("messageId", "7"));
            assertThat(noId.problem()).isEqualTo("400 invalid_uuid");
            assertThat(noId.json().at("/errors/0/field").textValue()).isEqualTo("messageId");
            devices.assertNothingMore();
        }
    }

    @Test
    void aMessageOfAnotherConversationIsNoneOfThisOne() {
        Account other = newPeer("Other");
        JsonNode elsewhere = other.write(me, "elsewhere");
        peer.write(me, "here");

        assertThat(me.post("messages/conversations/" + peer.id() + "/read", Map.of("messageId", elsewhere.get("id")))
                        .problem())
                .isEqualTo("404 message_not_found");
        try (var devices = Devices.of(me)) {
            devices.assertCounts(2, 2);
        }
    }

    @Test
    void whoLeftStaysInTheListAndTheHistory() {
        peer.write(me, "goodbye");
        Rows.update("update app_user set status = 'DEACTIVATED' where id = ?", peer.id());

        assertThat(names("")).containsExactly("Peer");
        assertThat(values(me.get("messages/conversations/" + peer.id()).data(), "/content"))
                .containsExactly("goodbye");
        assertThat(read(me, peer, null).get("unreadCount").intValue()).isZero();
        assertThat(me.post("messages/conversations/" + peer.id() + "/typing", null)
                        .problem())
                .isEqualTo("404 user_not_found");
    }

    @Test
    void aBlockHidesNothingThatWasWrittenBefore() {
        peer.write(me, "before");
        me.put("users/me/blocked/" + peer.id()).data();

        assertThat(names("")).containsExactly("Peer");
        assertThat(values(me.get("messages/conversations/" + peer.id()).data(), "/content"))
                .containsExactly("before");
        assertThat(read(me, peer, null).get("unreadCount").intValue()).isZero();
    }
}
