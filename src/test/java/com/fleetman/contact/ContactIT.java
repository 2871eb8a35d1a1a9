package com.fleetman.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Devices;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom users know, block and have accepted, over REST and on their devices. */
@InContainer
class ContactIT {
    private final Account owner = Account.register(Node.first(), "Owner");
    private final Account peer = Account.register(Node.first(), "Provider & Söhne", "PROVIDER");

    private static String stands(JsonNode answer) {
        return (answer.get("isContact").booleanValue() ? "contact " : "")
                + (answer.get("isBlocked").booleanValue() ? "blocked " : "")
                + (answer.get("isAccepted").booleanValue() ? "accepted" : "");
    }

    private record Step(String method, String path, String change, String after) {}

    @Test
    void everyDecisionIsOneEventAndTheSameAgainIsNone() {
        String contact = "users/me/contacts/" + peer.id();
        String blocked = "users/me/blocked/" + peer.id();
        String accept = "messages/conversations/" + peer.id() + "/accept";
        try (var devices = Devices.of(owner);
                var others = Devices.of(peer)) {
            for (Step step : List.of(
                    new Step("POST", contact, "added", "contact "),
                    new Step("PUT", blocked, "blocked", "contact blocked "),
                    new Step("POST", accept, "accepted", "contact blocked accepted"),
                    new Step("DELETE", contact, "removed", "blocked accepted"),
                    new Step("DELETE", blocked, "unblocked", "accepted"),
                    new Step("POST", contact, "added", "contact accepted"))) {
                JsonNode answer = owner.send(step.method(), step.path(), null).data();
                assertThat(answer.fieldNames())
                        .toIterable()
                        .containsExactly("userId", "isContact", "isBlocked", "isAccepted");
                assertThat(answer.get("userId").textValue()).isEqualTo(peer.id().toString());
                assertThat(stands(answer)).as(step.toString()).isEqualTo(step.after());

                JsonNode event = devices.next("contact").data();
                assertThat(event.fieldNames())
                        .toIterable()
                        .containsExactly("change", "userId", "user", "isContact", "isBlocked", "isAccepted", "counts");
                assertThat(event.get("change").textValue()).isEqualTo(step.change());
                assertThat(event.get("userId").textValue()).isEqualTo(peer.id().toString());
                assertThat(event.get("user").toString())
                        .isEqualTo("{\"id\":\"" + peer.id()
                                + "\",\"companyName\":\"Provider & Söhne\",\"type\":\"PROVIDER\",\"locale\":"
                                + event.at("/user/locale") + "}");
                assertThat(stands(event)).as(step.toString()).isEqualTo(step.after());
                assertThat(event.get("counts").toString()).isEqualTo("{\"notifications\":0,\"messages\":0}");

                assertThat(stands(owner.send(step.method(), step.path(), null).data()))
                        .isEqualTo(step.after());
                devices.assertNothingMore();
            }
            others.assertNothingMore();
            devices.assertCounts(0, 0);
        }
    }

    @Test
    void aContactIsOneWay() {
        owner.post("users/me/contacts/" + peer.id(), null).data();

        JsonNode page = owner.get("users/me/contacts").data();
        assertThat(page.get("nextCursor").isNull()).isTrue();
        assertThat(page.get("items")).hasSize(1);
        JsonNode item = page.at("/items/0");
        assertThat(item.fieldNames())
                .toIterable()
                .containsExactly("userId", "user", "since", "isContact", "isBlocked", "isAccepted");
        assertThat(item.get("userId").textValue()).isEqualTo(peer.id().toString());
        assertThat(item.at("/user/companyName").textValue()).isEqualTo("Provider & Söhne");
        assertThat(item.get("since").textValue()).endsWith("Z");
        assertThat(stands(item)).isEqualTo("contact ");
        assertThat(peer.get("users/me/contacts").data().get("items")).isEmpty();
        assertThat(owner.get("users/me/blocked").data().get("items")).isEmpty();
    }

    @Test
    void anybodyCanBeLookedAtAlone() {
        String path = "users/me/contacts/" + peer.id();
        JsonNode stranger = owner.get(path).data();
        assertThat(stranger.at("/user/companyName").textValue()).isEqualTo("Provider & Söhne");
        assertThat(stranger.get("since").isNull()).isTrue();
        assertThat(stands(stranger)).isEmpty();

        owner.post(path, null).data();
        owner.put("users/me/blocked/" + peer.id()).data();

        JsonNode known = owner.get(path).data();
        assertThat(known.get("since").textValue()).endsWith("Z");
        assertThat(stands(known)).isEqualTo("contact blocked ");
        assertThat(stands(peer.get("users/me/contacts/" + owner.id()).data())).isEmpty();
        assertThat(owner.get("users/me/contacts/" + UUID.randomUUID()).problem())
                .isEqualTo("404 user_not_found");
        assertThat(owner.get("users/me/contacts/x").problem()).isEqualTo("400 invalid_uuid");
        assertThat(Account.exchange(Node.first(), "GET", path, null).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void theBlockedAreAListOfTheirOwn() {
        owner.put("users/me/blocked/" + peer.id()).data();

        assertThat(owner.get("users/me/contacts").data().get("items")).isEmpty();
        assertThat(stands(owner.get("users/me/blocked").data().at("/items/0"))).isEqualTo("blocked ");
        assertThat(peer.get("users/me/blocked").data().get("items")).isEmpty();
    }

    @Test
    void nobodyDecidesAboutThemselvesOrNobody() {
        try (var devices = Devices.of(owner)) {
            for (String[] call : new String[][] {
                {"POST", "users/me/contacts/%s"},
                {"DELETE", "users/me/contacts/%s"},
                {"PUT", "users/me/blocked/%s"},
                {"DELETE", "users/me/blocked/%s"},
                {"POST", "messages/conversations/%s/accept"}
            }) {
                String method = call[0];
                Account.Answer self = owner.send(method, call[1].formatted(owner.id()), null);
                assertThat(self.problem()).as(call[1]).isEqualTo("400 not_yourself");
                assertThat(self.json().at("/errors/0/field").textValue()).isEqualTo("userId");
                assertThat(owner.send(method, call[1].formatted(UUID.randomUUID()), null)
                                .problem())
                        .as(call[1])
                        .isEqualTo("404 user_not_found");
                Account.Answer noId = owner.send(method, call[1].formatted("x"), null);
                assertThat(noId.problem()).as(call[1]).isEqualTo("400 invalid_uuid");
                assertThat(noId.json().at("/errors/0/field").textValue()).isEqualTo("userId");
                assertThat(Account.exchange(Node.first(), method, call[1].formatted(peer.id()), null)
                                .problem())
                        .as(call[1])
                        .isEqualTo("401 unauthenticated");
            }
            devices.assertNothingMore();
        }
        assertThat(Rows.number("select count(*) from relation where owner_id = ?", owner.id()))
                .isZero();
    }

    @Test
    void whoLeftCannotBeAddedButCanBeRemoved() {
        Account known = Account.register(Node.first(), "Known");
        owner.post("users/me/contacts/" + known.id(), null).data();
        owner.put("users/me/blocked/" + known.id()).data();
        deactivate(known);
        deactivate(peer);

        assertThat(owner.post("users/me/contacts/" + peer.id(), null).problem()).isEqualTo("404 user_not_found");
        assertThat(owner.put("users/me/blocked/" + peer.id()).problem()).isEqualTo("404 user_not_found");
        assertThat(owner.post("messages/conversations/" + peer.id() + "/accept", null)
                        .problem())
                .isEqualTo("404 user_not_found");
        assertThat(owner.get("users/me/contacts").data().get("items")).hasSize(1);
        assertThat(stands(owner.delete("users/me/contacts/" + known.id()).data()))
                .isEqualTo("blocked ");
        assertThat(stands(owner.delete("users/me/blocked/" + known.id()).data()))
                .isEmpty();
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
    void pagesHaveNoGapAndNoDoubleWhileContactsComeAndGo() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            Account other = Account.register(Node.first(), "Contact " + i);
            owner.post("users/me/contacts/" + other.id(), null).data();
            expected.add(other.id().toString());
        }
        // All at the same moment: the second key decides.
        Rows.update("update relation set contact_since = '2026-01-10 12:00:00.123456Z' where owner_id = ?", owner.id());
        expected.sort(null);

        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            JsonNode page = owner.get("users/me/contacts?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .data();
            page.get("items").forEach(item -> seen.add(item.get("userId").textValue()));
            cursor = page.get("nextCursor").textValue();
            owner.delete("users/me/contacts/" + seen.get(seen.size() - 1)).data();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void aCursorOfAnotherListOrFromElsewhereIsRefused() {
        for (String text : List.of(
                "contacts\n1", "contacts\nx\n" + peer.id(), "contacts\n1\nx", "blocked\n1\n" + peer.id(), "contacts")) {
            assertThat(owner.get("users/me/contacts?cursor=" + cursor(text)).problem())
                    .as(text)
                    .isEqualTo("400 invalid_cursor");
        }
        for (long since : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            assertThat(owner.get("users/me/contacts?cursor=" + cursor("contacts\n" + since + "\n" + peer.id()))
                            .status())
                    .as("since " + since)
                    .isIn(200, 400);
        }
    }

    private static String cursor(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void twoWhoAddEachOtherAtOnceDoNotWaitForEachOther() throws Exception {
        var work = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 10; i++) {
            for (String path : List.of("users/me/contacts/", "users/me/blocked/")) {
                String method = path.contains("blocked") ? "PUT" : "POST";
                work.add(() -> owner.send(method, path + peer.id(), null).status());
                work.add(() -> peer.send(method, path + owner.id(), null).status());
                work.add(() -> owner.delete(path + peer.id()).status());
                work.add(() -> peer.delete(path + owner.id()).status());
            }
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        assertThat(Rows.number("select count(*) from user_event where user_id = ?", owner.id()))
                .isEqualTo(Rows.number("select last_seq from inbox where user_id = ?", owner.id()));
    }
}
