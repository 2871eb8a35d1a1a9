package com.fleetman.identity;

import com.fleetman.platform.Json;
import com.fleetman.testing.Node;
import com.fleetman.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to a running server as any client does, and looks into its database. */
final class IdentityApi {
    static final String PASSWORD = "correct horse battery";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

    /** As the servers under test are set. */
    static final String JWT_SECRET = "a-secret-that-is-only-for-tests-0123456789";

    static final String CORS_ORIGIN = "https://app.example";
    static final int LOGIN_ATTEMPTS_PER_ACCOUNT = 10;

    private final URI base = Node.first().baseUri().resolve("api/v1/");

    /** Path of the application, as it stands in cookies: "/" for the root. */
    String contextPath() {
        String path = base.getPath().replaceFirst("/api/v1/$", "");
        return path.isEmpty() ? "/" : path;
    }

    String origin() {
        return "http://" + base.getAuthority();
    }

    /** @param headers names and values by turns */
    Reply send(String method, String path, @Nullable String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(90));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (json != null && !Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method, json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        try {
            return Reply.of(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply post(String path, @Nullable Object body, String... headers) {
        return send("POST", path, body == null ? null : Json.write(body), headers);
    }

    /** Headers of a request that is authenticated by a token. */
    static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    Reply me(String token) {
        return get("users/me", bearer(token));
    }

    Reply login(String email, String password) {
        return post("auth/login", Map.of("email", email, "password", password));
    }

    Reply refresh(String refreshToken) {
        return post("auth/refresh", Map.of("refreshToken", refreshToken));
    }

    Reply register(String email, String companyName, String type) {
        return post(
                "auth/register",
                Map.of("email", email, "password", PASSWORD, "type", type, "companyName", companyName));
    }

    /** A new client with an address of its own. */
    Reply newcomer() {
        return register(newEmail(), "Grúas Ñandú", "CLIENT");
    }

    /** A new administrator, signed in. */
    Reply administrator() throws SQLException {
        Reply reply = newcomer();
        update("update app_user set type = 'ADMIN', roles = 'ADMIN' where id = ?", UUID.fromString(reply.userId()));
        return reply;
    }

    static String newEmail() {
        return "user-" + UUID.randomUUID() + "@fleetman.example";
    }

    static String email(Reply signedIn) {
        return signedIn.data().get("user").get("email").textValue();
    }

    /** All tests come from one address, and many of them fail to sign in on purpose. */
    void forgetFailedLogins() throws SQLException {
        update("delete from login_failure");
    }

    int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = TestDatabase.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** The first column of all rows, as texts. */
    List<String> query(String sql, Object... parameters) throws SQLException {
        try (Connection connection = TestDatabase.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var values = new ArrayList<String>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
            return values;
        }
    }

    /** Sends the same request many times at once. */
    static List<Reply> atOnce(int times, Callable<Reply> request) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            var requests = Collections.nCopies(times, request);
            var replies = new ArrayList<Reply>();
            for (var reply : threads.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
