package com.fleetman.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user of the product, signed in on one device, who speaks to a node over HTTP. */
public final class Account {
    private static final String PASSWORD = "correct horse battery";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Node node;
    private final String email;
    private final UUID id;
    private final String token;
    private final String refreshToken;

    private Account(Node node, String email, JsonNode signedIn) {
        this(
                node,
                email,
                UUID.fromString(signedIn.get("user").get("id").textValue()),
                signedIn.get("token").textValue(),
                signedIn.get("refreshToken").textValue());
    }

    private Account(Node node, String email, UUID id, String token, String refreshToken) {
        this.node = node;
        this.email = email;
        this.id = id;
        this.token = token;
        this.refreshToken = refreshToken;
    }

    /** An answer: its status, and its body as JSON (missing if it is none). */
    public record Answer(int status, JsonNode json, HttpResponse<String> http) {
        /** The {@code data} of a success. */
        public JsonNode data() {
            if (status >= 300) {
                throw new AssertionError("no success: " + status + " " + json);
            }
            return json.get("data");
        }

        /** The status and the code of a problem: {@code 403 not_a_contact}. */
        public String problem() {
            return status + " " + json.path("code").asText();
        }
    }

    /** A new user, a client company. */
    public static Account register(Node node, String companyName) {
        return register(node, companyName, "CLIENT");
    }

    public static Account register(Node node, String companyName, String type) {
        String email = "user-" + UUID.randomUUID() + "@fleetman.example";
        Answer answer = exchange(
                node,
                "POST",
                "auth/register",
                Json.write(Map.of("email", email, "password", PASSWORD, "type", type, "companyName", companyName)));
        return new Account(node, email, answer.data());
    }

    /** Somebody who has an account already. */
    public static Account signIn(Node node, String email, String password) {
        Answer answer = exchange(node, "POST", "auth/login", Json.write(Map.of("email", email, "password", password)));
        return new Account(node, email, answer.data());
    }

    /** Two users who have each other as contact. */
    public static Account[] friends(Node node, String one, String other) {
        Account a = register(node, one);
        Account b = register(node, other, "PROVIDER");
        a.post("users/me/contacts/" + b.id(), null).data();
        b.post("users/me/contacts/" + a.id(), null).data();
        return new Account[] {a, b};
    }

    /** Nobody can register as one; what the caller may do is looked up at each request. */
    public void becomeAdministrator() {
        Rows.update("update app_user set type = 'ADMIN', roles = 'ADMIN' where id = ?", id());
    }

    /** The same user on another device, with a session of its own. */
    public Account onAnotherDevice() {
        return on(node);
    }

    /** The same user, signed in once more through another node. */
    public Account on(Node other) {
        Answer answer = exchange(other, "POST", "auth/login", Json.write(Map.of("email", email, "password", PASSWORD)));
        return new Account(other, email, answer.data());
    }

    /** The same session, used at another node. */
    public Account at(Node other) {
        return new Account(other, email, id, token, refreshToken);
    }

    /** The same session with another access token. */
    public Account withToken(String other) {
        return new Account(node, email, id, other, refreshToken);
    }

    /**
     * Asks for new tokens of the same session.
     *
     * @throws IOException if there is no answer
     */
    public Answer tryRefresh() throws IOException {
        return tryExchange(node, "POST", "auth/refresh", Json.write(Map.of("refreshToken", refreshToken)));
    }

    /**
     * Asks for a new session.
     *
     * @throws IOException if there is no answer
     */
    public Answer trySignIn() throws IOException {
        return tryExchange(node, "POST", "auth/login", Json.write(Map.of("email", email, "password", PASSWORD)));
    }

    /** The same user with the tokens that were answered. */
    public Account with(Answer signedIn) {
        JsonNode tokens = signedIn.data();
        return new Account(
                node,
                email,
                id,
                tokens.get("token").textValue(),
                tokens.get("refreshToken").textValue());
    }

    /** Somebody else, who has the same password and no session yet. */
    public Account ofUser(UUID otherId, String otherEmail) {
        return new Account(node, otherEmail, otherId, "", "");
    }

    /** A session of the same user that has no access token yet. */
    public Account withRefreshToken(String other) {
        return new Account(node, email, id, "", other);
    }

    public UUID id() {
        return id;
    }

    public String token() {
        return token;
    }

    public String refreshToken() {
        return refreshToken;
    }

    public Node node() {
        return node;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** @param body a map or record, sent as JSON; null for none */
    public Answer post(String path, @Nullable Object body, String... headers) {
        return send("POST", path, body == null ? null : Json.write(body), headers);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, Json.write(body));
    }

    public Answer put(String path) {
        return send("PUT", path, null);
    }

    public Answer put(String path, Object body, String... headers) {
        return send("PUT", path, Json.write(body), headers);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a message and fails unless it was stored. */
    public JsonNode write(Account to, String content) {
        return post("messages", Map.of("recipientId", to.id(), "content", content))
                .data();
    }

    /** @param headers names and values by turns */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        return exchange(node, method, path, body, authorized(headers));
    }

    /** The same where it may fail, since the server is being restarted for example. */
    public Answer trySend(String method, String path, @Nullable String body, String... headers) throws IOException {
        return tryExchange(node, method, path, body, authorized(headers));
    }

    private String[] authorized(String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return all;
    }

    /** A request of anybody. */
    public static Answer exchange(Node node, String method, String path, @Nullable String body, String... headers) {
        try {
            return tryExchange(node, method, path, body, headers);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    /** The same where it may fail, since the server is being restarted for example. */
    public static Answer tryExchange(Node node, String method, String path, @Nullable String body, String... headers)
            throws IOException {
        URI uri = path.startsWith("/")
                ? node.baseUri().resolve(path.substring(1))
                : node.baseUri().resolve("api/v1/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null && !java.util.Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            boolean one = text.startsWith("{")
                    && !response.headers().firstValue("Content-Type").orElse("").contains("ndjson");
            JsonNode json = one ? Json.tree(text) : Json.tree("{}");
            return new Answer(response.statusCode(), json, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
