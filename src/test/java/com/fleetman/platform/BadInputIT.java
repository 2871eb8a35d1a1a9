package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent that nobody should send: a problem that says what is wrong, and nothing stored. */
@InContainer
class BadInputIT {
    private static final int LIMIT = 65_536;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private static final String STORED = """
            select concat_ws(' ', (select count(*) from app_user), (select count(*) from user_session),
              (select count(*) from refresh_token), (select count(*) from user_event), (select sum(last_seq) from inbox),
              (select count(*) from notification), (select count(*) from relation), (select count(*) from message),
              (select count(*) from conversation))""";

    private final Account[] friends = Account.friends(Node.first(), "One", "Other");
    private final Account user = friends[0];
    private final Account peer = friends[1];
    private List<@Nullable String> before = List.of();

    @BeforeEach
    void look() {
        before = Rows.texts(STORED);
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(Rows.texts(STORED)).isEqualTo(before);
    }

    private static void assertProblem(Account.Answer answer, String problem, @Nullable String field) {
        assertProblem(answer, problem);
        assertThat(answer.json().at("/errors/0/field").textValue())
                .as(answer.http().body())
                .isEqualTo(field);
    }

    private static void assertProblem(Account.Answer answer, String problem) {
        String body = answer.http().body();
        assertThat(answer.problem()).as(body).isEqualTo(problem);
        assertIsProblem(
                answer.status(),
                answer.http().headers().firstValue("Content-Type").orElse(""),
                body);
    }

    private static void assertIsProblem(int status, String type, String body) {
        assertThat(type).as(body).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(body).doesNotContain("<html", "<!doctype", "Exception", "com.fleetman", "\tat ", "Jackson", "org.");
        var json = Json.tree(body);
        assertThat(json.get("status").intValue()).isEqualTo(status);
        assertThat(json.get("type").textValue()).isEqualTo("about:blank");
        assertThat(json.get("title").textValue()).isNotBlank();
        assertThat(json.get("detail").textValue()).isNotBlank();
        assertThat(json.get("code").textValue()).matches("[a-z_]+");
    }

    private Account.Answer message(String body, String... headers) {
        return user.send("POST", "messages", body, headers);
    }

    record Wrong(String body, String code, @Nullable String field) {}

    static List<Wrong> bodies() {
        String to = "\"recipientId\":\"" + UUID.randomUUID() + "\"";
        String deep = "[".repeat(40) + "]".repeat(40);
        return List.of(
                new Wrong("", "body_required", null),
                new Wrong("null", "body_required", null),
                new Wrong(" \n\t", "body_required", null),
                new Wrong("{", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":\"x\"", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":\"x\",}", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":'x'}", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":\"x\"} {}", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":\"a\nb\"}", "malformed_json", "content"),
                new Wrong("{" + to + ",\"content\":\"\\q\"}", "malformed_json", "content"),
                new Wrong("<message/>", "malformed_json", null),
                new Wrong("[]", "wrong_type", null),
                new Wrong("\"text\"", "wrong_type", null),
                new Wrong("7", "wrong_type", null),
                new Wrong("{}", "validation_failed", "recipientId"),
                new Wrong("{" + to + ",\"content\":null}", "validation_failed", "content"),
                new Wrong("{" + to + ",\"content\":7}", "wrong_type", "content"),
                new Wrong("{" + to + ",\"content\":true}", "wrong_type", "content"),
                new Wrong("{" + to + ",\"content\":[\"x\"]}", "wrong_type", "content"),
                new Wrong("{" + to + ",\"content\":{\"a\":1}}", "wrong_type", "content"),
                new Wrong("{\"recipientId\":7,\"content\":\"x\"}", "wrong_type", "recipientId"),
                new Wrong("{\"recipientId\":\"7\",\"content\":\"x\"}", "invalid_uuid", "recipientId"),
                new Wrong("{\"recipientId\":\"1-1-1-1-1\",\"content\":\"x\"}", "invalid_uuid", "recipientId"),
                new Wrong(
                        "{\"recipientId\":\"" + "0".repeat(37) + "\",\"content\":\"x\"}",
                        "validation_failed",
                        "recipientId"),
                new Wrong("{" + to + ",\"content\":\"x\",\"extra\":1}", "unknown_field", "extra"),
                new Wrong("{" + to + ",\"Content\":\"x\"}", "unknown_field", "Content"),
                new Wrong("{" + to + ",\"content\":\"x\",\"extra\":" + deep + "}", "unknown_field", "extra"),
                new Wrong("{" + to + ",\"content\":" + deep + "}", "wrong_type", "content"),
                new Wrong("[".repeat(20_000), "wrong_type", null),
                new Wrong("{\"content\":\"x\",\"content\":\"y\"," + to + "}", "malformed_json", null),
                new Wrong("{" + to + ",\"content\":\"a\\u0000b\"}", "nul_character", "content"),
                new Wrong("{" + to + ",\"content\":\"a\\ud800\"}", "invalid_unicode", "content"),
                new Wrong("{" + to + ",\"content\":\"\\udc00a\"}", "invalid_unicode", "content"),
                new Wrong("{" + to + ",\"content\":\"\\udc00\\ud800\"}", "invalid_unicode", "content"),
                new Wrong("{" + to + ",\"content\":\"" + "x".repeat(1_001) + "\"}", "validation_failed", "content"),
                new Wrong("{" + to + ",\"content\":\"x\"}" + " ".repeat(LIMIT), "body_too_large", null));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsWrongIsRefusedByTheFieldThatIsWrong(Wrong wrong) {
        int status = wrong.code().equals("body_too_large") ? 413 : 400;

        Account.Answer answer = message(wrong.body());

        assertProblem(answer, status + " " + wrong.code());
        if (wrong.field() != null) {
            assertProblem(answer, status + " " + wrong.code(), wrong.field());
        }
    }

    @Test
    void noBodyIsRefusedEverywhereItIsNeeded() {
        for (String type : List.of("application/json", "")) {
            String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
            assertProblem(user.send("POST", "messages", null, headers), "400 body_required");
            assertProblem(user.send("PATCH", "notifications/" + UUID.randomUUID(), null, headers), "400 body_required");
            assertProblem(user.send("PATCH", "users/me", null, headers), "400 body_required");
            assertProblem(user.send("POST", "auth/login", null, headers), "400 body_required");
            assertProblem(user.send("POST", "auth/register", null, headers), "400 body_required");
        }
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws Exception {
        byte[] head = ("{\"recipientId\":\"" + peer.id() + "\",\"content\":\"").getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\"}".getBytes(StandardCharsets.UTF_8);
        for (byte[] wrong : new byte[][] {
            {(byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {0}
        }) {
            byte[] body = new byte[head.length + wrong.length + tail.length];
            System.arraycopy(head, 0, body, 0, head.length);
            System.arraycopy(wrong, 0, body, head.length, wrong.length);
            System.arraycopy(tail, 0, body, head.length + wrong.length, tail.length);

            HttpResponse<String> response = post(HttpRequest.BodyPublishers.ofByteArray(body), "application/json");

            assertThat(response.statusCode())
                    .as(response.body() + " for " + java.util.HexFormat.of().formatHex(wrong))
                    .isEqualTo(400);
            assertIsProblem(400, type(response), response.body());
        }
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body, String contentType)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri("api/v1/messages"))
                        .timeout(Duration.ofSeconds(90))
                        .header("Authorization", "Bearer " + user.token())
                        .header("Content-Type", contentType)
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return Node.first().baseUri().resolve(path);
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void aBodyOfMoreThanTheLimitIsRefusedAlsoWithoutContentLength() throws Exception {
        byte[] tooLarge = (" ".repeat(LIMIT) + "x").getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> response = post(
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)), "application/json");

        assertThat(response.statusCode()).isEqualTo(413);
        assertIsProblem(413, type(response), response.body());
        assertThat(Json.tree(response.body()).get("code").textValue()).isEqualTo("body_too_large");
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() {
        String refused = "{\"recipientId\":\"" + UUID.randomUUID() + "\",\"content\":\"x\"}";

        assertProblem(message(refused + " ".repeat(LIMIT - refused.length())), "404 user_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/octet-stream"
            })
    void anotherContentTypeIsRefused(String type) {
        String body = "{\"recipientId\":\"" + peer.id() + "\",\"content\":\"x\"}";

        assertProblem(message(body, "Content-Type", type), "415 unsupported_media_type");
        assertProblem(
                user.send("PATCH", "notifications/" + UUID.randomUUID(), "{\"state\":\"read\"}", "Content-Type", type),
                "415 unsupported_media_type");
        assertProblem(
                user.send("POST", "messages/conversations/" + peer.id() + "/read", "{}", "Content-Type", type),
                "415 unsupported_media_type");
    }

    @Test
    void aMediaTypeThatIsNoneIsRefused() {
        assertProblem(message("{}", "Content-Type", "nonsense"), "400 invalid_header", "Content-Type");
        assertProblem(user.send("GET", "notifications", null, "Accept", "nonsense"), "400 invalid_header", "Accept");
        for (String accept : List.of("text/html;q=x", "a/b/c", ";", "text/html;q=2", "/")) {
            assertProblem(user.send("GET", "notifications", null, "Accept", accept), "400 invalid_header", "Accept");
        }
    }

    @Test
    void jsonIsTheOnlyAnswer() {
        assertProblem(user.send("GET", "notifications", null, "Accept", "text/html"), "406 not_acceptable");
    }

    @Test
    void aPageHasOneToAHundredItems() {
        for (String path : List.of(
                "notifications",
                "users/me/contacts",
                "users/me/blocked",
                "messages/conversations",
                "messages/conversations/" + peer.id(),
                "users/discover")) {
            for (String limit : List.of("0", "-1", "101", "abc", "", "1.5", "99999999999", "%00", "1%20")) {
                assertProblem(user.get(path + "?limit=" + limit), "400 invalid_limit", "limit");
            }
            assertThat(user.get(path + "?limit=1").status()).isEqualTo(200);
            assertThat(user.get(path + "?limit=100").status()).isEqualTo(200);
        }
    }

    @Test
    void aCursorIsOneOfThisList() {
        String id = UUID.randomUUID().toString();
        List<List<String>> lists = List.of(
                List.of("notifications", "notifications", "7"),
                List.of("messages/conversations", "conversations", "7"),
                List.of("messages/conversations/" + peer.id(), "messages", "7"),
                List.of("users/me/contacts", "contacts", "7\n" + id),
                List.of("users/me/blocked", "blocked", "7\n" + id),
                List.of("users/discover", "users", "a\n" + id));
        for (List<String> list : lists) {
            String path = list.get(0) + "?cursor=";
            for (List<String> other : lists) {
                Account.Answer answer = user.get(path + encoded(other.get(1) + "\n" + other.get(2)));
                if (other.equals(list)) {
                    assertThat(answer.status()).as(path).isEqualTo(200);
                } else {
                    assertProblem(answer, "400 invalid_cursor", "cursor");
                }
            }
            for (String wrong : List.of(
                    "",
                    "x",
                    "%00",
                    "%ff",
                    "%F0%9F%9A%9C",
                    "====",
                    encoded(""),
                    encoded("\n"),
                    encoded(list.get(1)),
                    encoded(list.get(1) + "\n"),
                    encoded(list.get(1) + "\n\0\n" + id),
                    encoded(list.get(1) + "\n" + list.get(2) + "\n8"),
                    encoded(list.get(1) + "\nx\ny"),
                    encoded("x".repeat(1_800)),
                    encoded("x".repeat(3_000)))) {
                assertProblem(user.get(path + wrong), "400 invalid_cursor", "cursor");
            }
            for (String number : List.of("-1", "-9223372036854775808", "9223372036854775807", "92233720368547758070")) {
                String keys = list.get(2).replaceFirst("^\\w", number);
                Account.Answer answer = user.get(path + encoded(list.get(1) + "\n" + keys));
                assertThat(answer.status()).as(path + keys).isIn(200, 400);
            }
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFilterThatNoDatabaseTakesIsRefusedByName() {
        for (String field : List.of("type", "source")) {
            Account.Answer answer = user.get("notifications?" + field + "=a%00b");
            assertProblem(answer, "400 validation_failed", field);
            assertThat(answer.json().at("/errors/0/code").textValue()).isEqualTo("nul_character");
        }
        assertProblem(user.get("messages/conversations?search=%00"), "400 validation_failed", "search");
        assertProblem(user.get("users/discover?searchTerm=a%00"), "400 validation_failed", "searchTerm");
        assertProblem(user.get("notifications?state=%00"), "400 validation_failed", "state");
        assertProblem(user.get("notifications?priority=%00"), "400 validation_failed", "priority");
        assertProblem(user.get("messages/conversations?onlyContacts=%00"), "400 validation_failed", "onlyContacts");
        // Bytes that are no UTF-8 and halves of characters are some text that nothing has.
        for (String text : List.of("%ff", "%ed%a0%80", "%f0%9f")) {
            assertThat(user.get("notifications?type=" + text).status()).isEqualTo(200);
            assertThat(user.get("messages/conversations?search=" + text).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anIdInAPathIsAUuid() {
        for (String id : List.of("x", "7", "1-1-1-1-1", "%20", UUID.randomUUID() + "0", "%F0%9F%9A%9C")) {
            assertProblem(user.delete("notifications/" + id), "400 invalid_uuid", "id");
            assertProblem(user.send("PATCH", "notifications/" + id, "{\"state\":\"read\"}"), "400 invalid_uuid", "id");
            assertProblem(user.post("users/me/contacts/" + id, null), "400 invalid_uuid", "userId");
            assertProblem(user.delete("users/me/contacts/" + id), "400 invalid_uuid", "userId");
            assertProblem(user.put("users/me/blocked/" + id), "400 invalid_uuid", "userId");
            assertProblem(user.get("messages/conversations/" + id), "400 invalid_uuid", "userId");
            assertProblem(user.post("messages/conversations/" + id + "/read", null), "400 invalid_uuid", "userId");
            assertProblem(user.post("messages/conversations/" + id + "/typing", null), "400 invalid_uuid", "userId");
            assertProblem(user.post("messages/conversations/" + id + "/accept", null), "400 invalid_uuid", "userId");
        }
    }

    @Test
    void theOptionalBodyOfReadIsAsStrict() {
        String path = "messages/conversations/" + peer.id() + "/read";
        assertProblem(user.send("POST", path, "{"), "400 malformed_json");
        assertProblem(user.send("POST", path, "{\"upTo\":1}"), "400 unknown_field", "upTo");
        assertProblem(user.send("POST", path, "{\"messageId\":7}"), "400 wrong_type", "messageId");
        assertProblem(user.send("POST", path, "{\"messageId\":\"\\u0000\"}"), "400 nul_character", "messageId");
        assertProblem(user.send("POST", path, " ".repeat(LIMIT + 1)), "413 body_too_large");
        assertThat(user.send("POST", path, "{\"messageId\":null}").status()).isEqualTo(200);
        assertThat(user.send("POST", path, "{}").status()).isEqualTo(200);
    }

    @Test
    void anUnknownPathIsAProblemForEverybody() {
        for (String path : List.of(
                "",
                "nothing",
                "messages/x",
                "notifications/x/y",
                "messages/conversations/" + peer.id() + "/x",
                "users/me/contacts/" + peer.id() + "/x",
                "Notifications",
                "messages/%2e%2e/x",
                "/nothing",
                "/index.html",
                "/api",
                "/api/",
                "/api/v2/notifications",
                "/problem",
                "/health",
                "/health/x")) {
            assertProblem(user.get(path), "404 not_found");
            assertProblem(Account.exchange(Node.first(), "GET", path, null), "404 not_found");
        }
    }

    /** Some servers answer that by themselves, in HTML. */
    @Test
    void whatBelongsToTheWarIsNotServed() {
        for (String path : List.of("/WEB-INF/web.xml", "/WEB-INF/", "/META-INF/context.xml", "/META-INF/MANIFEST.MF")) {
            Account.Answer answer = user.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.http().body()).doesNotContain("web-app", "<Context", "Manifest");
        }
    }

    @Test
    void anUnknownMethodIsAProblem() {
        for (String[] call : new String[][] {
            {"PUT", "messages"},
            {"DELETE", "messages"},
            {"GET", "messages"},
            {"POST", "notifications"},
            {"PATCH", "notifications"},
            {"GET", "notifications/read-all"},
            {"PUT", "users/me/contacts/" + peer.id()},
            {"POST", "users/me/blocked/" + peer.id()},
            {"GET", "auth/login"},
            {"BREW", "messages"},
            {"POST", "notifications/stream"}
        }) {
            Account.Answer answer = user.send(call[0], call[1], null);
            assertProblem(answer, "405 method_not_allowed");
            assertThat(answer.http().headers().firstValue("Allow")).as(call[1]).isPresent();
        }
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "BREW", "PROPFIND")) {
            Account.Answer answer = user.send(method, "/nothing", null);
            assertThat(answer.status()).as(method).isIn(404, 405, 501);
            assertIsProblem(
                    answer.status(),
                    answer.http().headers().firstValue("Content-Type").orElse(""),
                    answer.http().body());
        }
    }

    @Test
    void headIsGetWithoutABodyAndOptionsTellsTheMethods() {
        for (String path : List.of("notifications", "messages/conversations", "users/me")) {
            Account.Answer head = user.send("HEAD", path, null);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.http().body()).isEmpty();
        }
        Account.Answer nothing = user.send("HEAD", "nothing", null);
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.http().body()).isEmpty();
        assertThat(Account.exchange(Node.first(), "HEAD", "notifications", null).status())
                .isEqualTo(401);
        Account.Answer options = user.send("OPTIONS", "notifications", null);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.http().headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(options.http().body()).doesNotContain("<");
        assertProblem(user.send("OPTIONS", "nothing", null), "404 not_found");
    }

    @Test
    void aTraceIsRefusedWithoutAPage() throws Exception {
        String raw =
                raw("TRACE " + uri("api/v1/messages").getPath() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(raw).startsWith("HTTP/1.1 405");
        assertThat(raw.split("\r\n\r\n", 2)[1]).doesNotContain("<html", "<!doctype");
    }

    @Test
    void aBrokenEscapeInAQueryIsNotAFailureOfTheServer() throws Exception {
        for (String query : List.of("limit=%", "limit=%zz", "%=1", "cursor=%f", "type=%%%", "a&&b=&=c")) {
            String raw = raw("GET " + uri("api/v1/notifications").getPath() + "?" + query
                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + user.token()
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(raw).as(query).matches("(?s)HTTP/1\\.1 (200|4\\d\\d) .*");
            assertThat(raw).as(query).doesNotContain("<html", "<!doctype", "\tat ");
        }
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(20_000);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Node.first().port()),
                    5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        for (String token : List.of("x", "a.b.c", "", " ", user.token() + "x", "\u00e9")) {
            assertThat(Account.exchange(Node.first(), "GET", "notifications", null, "Authorization", "Bearer " + token)
                            .status())
                    .as(token)
                    .isEqualTo(401);
        }
        assertThat(Account.exchange(Node.first(), "GET", "notifications?token=" + user.token(), null)
                        .problem())
                .isEqualTo("401 unauthenticated");
    }
}
