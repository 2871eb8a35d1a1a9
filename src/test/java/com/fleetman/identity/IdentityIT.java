package com.fleetman.identity;

import static com.fleetman.identity.IdentityApi.PASSWORD;
import static com.fleetman.identity.IdentityApi.atOnce;
import static com.fleetman.identity.IdentityApi.bearer;
import static com.fleetman.identity.IdentityApi.email;
import static com.fleetman.identity.IdentityApi.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.InContainer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering, signing in and the own account, over HTTP. */
@InContainer
class IdentityIT {
    private final IdentityApi api = new IdentityApi();

    @BeforeEach
    void startWithoutFailedLogins() throws SQLException {
        api.forgetFailedLogins();
    }

    @Test
    void registeringSignsInAndAnswersAsLoginDoes() {
        String address = newEmail();

        Reply registered = api.post(
                "auth/register",
                Map.of(
                        "email", "  " + address.toUpperCase(Locale.ROOT) + " ",
                        "password", PASSWORD,
                        "type", "PROVIDER",
                        "companyName", "  Grúas Ñandú ",
                        "locale", "en"));
        Reply login = api.login(address, PASSWORD);

        assertThat(registered.status()).isEqualTo(201);
        assertThat(login.status()).isEqualTo(200);
        for (Reply reply : List.of(registered, login)) {
            JsonNode user = reply.data().get("user");
            assertThat(reply.json().get("success").booleanValue()).isTrue();
            assertThat(names(reply.data())).containsExactly("token", "refreshToken", "expiresAt", "user");
            assertThat(names(user))
                    .containsExactly("id", "email", "type", "companyName", "roles", "locale", "createdAt");
            assertThat(user.get("email").textValue()).isEqualTo(address);
            assertThat(user.get("companyName").textValue()).isEqualTo("Grúas Ñandú");
            assertThat(user.get("roles").toString()).isEqualTo("[\"PROVIDER\"]");
            assertThat(user.get("locale").textValue()).isEqualTo("en");
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(api.me(reply.token()).data()).isEqualTo(user);
        }
        assertThat(login.userId()).isEqualTo(registered.userId());
    }

    @Test
    void neitherPasswordsNorTokensAreStored() throws SQLException {
        Reply reply = api.newcomer();
        UUID id = UUID.fromString(reply.userId());

        assertThat(api.query("select password_hash from app_user where id = ?", id)
                        .get(0))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(api.query(
                        "select t.hash from refresh_token t join user_session s on s.id = t.session_id where s.user_id"
                                + " = ?",
                        id))
                .containsExactly(RefreshToken.hash(reply.refreshToken()));
    }

    @Test
    void anAddressIsTakenOnceInWhateverCase() throws Exception {
        String address = newEmail();

        List<Integer> statuses = new ArrayList<>();
        for (Reply reply : atOnce(6, () -> api.register(address, "Once", "CLIENT"))) {
            statuses.add(reply.status());
        }
        Reply again = api.register(address.toUpperCase(Locale.ROOT), "Twice", "CLIENT");

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(again.problem()).isEqualTo("409 email_taken");
        assertThat(again.blamed()).containsExactly("email:email_taken");
        assertThat(api.query("select count(*) from app_user where email = ?", address))
                .containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({
        "email,,email:required",
        "email,owner,email:invalid_email",
        "password,,password:required",
        "password,short,password:too_short",
        "type,,type:required",
        "type,ADMIN,type:unknown_value",
        "companyName,,companyName:required",
        "companyName,'  ',companyName:blank",
        "companyName,'a\u0007b',companyName:control_character",
        "locale,fr,locale:unknown_value"
    })
    void registeringBlamesTheWrongField(String field, @Nullable String value, String blamed) {
        Map<String, @Nullable Object> body = new HashMap<>(Map.of(
                "email", newEmail(), "password", PASSWORD, "type", "CLIENT", "companyName", "x", "locale", "es"));
        body.put(field, value);

        Reply reply = api.post("auth/register", body);

        assertThat(reply.problem()).isEqualTo("400 validation_failed");
        assertThat(reply.blamed()).containsExactly(blamed);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
    }

    @Test
    void registeringBlamesAllWrongFieldsAtOnce() {
        assertThat(api.post("auth/register", Map.of()).blamed())
                .containsExactly("email:required", "password:required", "type:required", "companyName:required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"email":                      | 400 malformed_json
        []                             | 400 wrong_type
        {"email":1}                    | 400 wrong_type
        {"email":"a\\u0000b"}          | 400 nul_character
        {"email":"a","roles":["ADMIN"]}| 400 unknown_field
        null                           | 400 body_required
        """)
    void badBodiesAreRefused(String body, String problem) {
        assertThat(api.send("POST", "auth/register", body).problem()).isEqualTo(problem);
        assertThat(api.send("POST", "auth/login", body).problem()).isEqualTo(problem);
    }

    @Test
    void otherContentTypesMethodsAndPathsAreProblemsToo() {
        assertThat(api.send("POST", "auth/login", "email=a", "Content-Type", "application/x-www-form-urlencoded")
                        .problem())
                .isEqualTo("415 unsupported_media_type");
        assertThat(api.send("POST", "auth/refresh", "{}", "Content-Type", "text/plain")
                        .problem())
                .isEqualTo("415 unsupported_media_type");
        assertThat(api.get("auth/login").problem()).isEqualTo("405 method_not_allowed");
        assertThat(api.get("auth/nothing").problem()).isEqualTo("404 not_found");
        assertThat(api.send("POST", "auth/login", "{\"email\":\"" + "a".repeat(70_000) + "\"}")
                        .problem())
                .isEqualTo("413 body_too_large");
    }

    @Test
    void aRefusedLoginDoesNotTellWhy() throws SQLException {
        Reply known = api.newcomer();
        Reply deactivated = api.newcomer();
        api.update("update app_user set status = 'DEACTIVATED' where id = ?", UUID.fromString(deactivated.userId()));

        Reply wrong = api.login(email(known), "something else");
        Reply unknown = api.login(newEmail(), PASSWORD);
        Reply inactive = api.login(email(deactivated), PASSWORD);
        Reply noAddress = api.login("not an address", PASSWORD);

        assertThat(wrong.problem()).isEqualTo("401 invalid_credentials");
        for (Reply other : List.of(unknown, inactive, noAddress)) {
            assertThat(body(other)).isEqualTo(body(wrong));
            assertThat(headers(other)).isEqualTo(headers(wrong));
        }
    }

    /** Without the dummy hash an unknown account is answered in a tenth of the time. */
    @Test
    void aRefusedLoginTakesItsTimeInAnyCase() {
        String known = email(api.newcomer());
        long[] wrong = new long[9];
        long[] unknown = new long[9];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = nanos(() -> api.login(known, "something else"));
            unknown[i] = nanos(() -> api.login(newEmail(), "something else"));
        }
        Arrays.sort(wrong);
        Arrays.sort(unknown);

        assertThat(unknown[4]).isBetween(wrong[4] / 3, wrong[4] * 3);
    }

    @Test
    void aPasswordIsGuessedOnlySoOften() throws Exception {
        String victim = email(api.newcomer());
        String bystander = email(api.newcomer());

        List<Reply> guesses = atOnce(24, () -> api.login(victim, "guess guess guess"));
        Reply right = api.login(victim, PASSWORD);

        long looked = guesses.stream().filter(reply -> reply.status() == 401).count();
        assertThat(looked).isLessThanOrEqualTo(IdentityApi.LOGIN_ATTEMPTS_PER_ACCOUNT);
        assertThat(guesses).extracting(Reply::problem).contains("429 too_many_attempts");
        assertThat(right.problem()).isEqualTo("429 too_many_attempts");
        assertThat(Long.parseLong(right.header("Retry-After").orElseThrow())).isBetween(1L, 900L);
        assertThat(api.login(bystander, PASSWORD).status()).isEqualTo(200);

        api.update("update login_failure set window_started = window_started - interval '1 day'");
        assertThat(api.login(victim, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void anUnknownAccountIsLimitedInTheSameWay() {
        String nobody = newEmail();
        var problems = new ArrayList<String>();
        for (int i = 0; i <= IdentityApi.LOGIN_ATTEMPTS_PER_ACCOUNT; i++) {
            problems.add(api.login(nobody, "guess guess guess").problem());
        }

        assertThat(problems.subList(0, IdentityApi.LOGIN_ATTEMPTS_PER_ACCOUNT)).containsOnly("401 invalid_credentials");
        assertThat(problems).last().isEqualTo("429 too_many_attempts");
    }

    @Test
    void signingInForgivesTheFailuresBefore() {
        String address = email(api.newcomer());
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < IdentityApi.LOGIN_ATTEMPTS_PER_ACCOUNT; i++) {
                assertThat(api.login(address, "a typo, a typo").status()).isEqualTo(401);
            }
            assertThat(api.login(address, PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void anAddressMayNotTryManyAccounts() throws SQLException {
        String address = email(api.newcomer());
        api.login(newEmail(), "guess guess guess");
        api.update("update login_failure set failures = 2000000 where key like 'address:%'");

        assertThat(api.login(newEmail(), PASSWORD).problem()).isEqualTo("429 too_many_attempts");
        assertThat(api.login(address, PASSWORD).problem()).isEqualTo("429 too_many_attempts");
        assertThat(api.query("select key from login_failure where key like '%@%' or key like '%127.0%'"))
                .isEmpty();
    }

    @Test
    void theProfileCanBeChangedInParts() {
        String token = api.newcomer().token();

        Reply renamed = api.send("PATCH", "users/me", "{\"companyName\":\" Montacargas \"}", bearer(token));
        Reply moved = api.send("PATCH", "users/me", "{\"locale\":\"en\"}", bearer(token));

        assertThat(renamed.data().get("companyName").textValue()).isEqualTo("Montacargas");
        assertThat(renamed.data().get("locale").textValue()).isEqualTo("es");
        assertThat(moved.data().get("companyName").textValue()).isEqualTo("Montacargas");
        assertThat(api.me(token).data()).isEqualTo(moved.data());
        assertThat(api.send("PATCH", "users/me", "{}", bearer(token)).data()).isEqualTo(moved.data());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"companyName":""}          | 400 validation_failed
        {"companyName":"a\\nb"}     | 400 validation_failed
        {"locale":"xx"}             | 400 validation_failed
        {"email":"a@b.example"}     | 400 unknown_field
        {"roles":["ADMIN"]}         | 400 unknown_field
        {"type":"ADMIN"}            | 400 unknown_field
        """)
    void theProfileTakesNothingElse(String body, String problem) {
        String token = api.newcomer().token();
        JsonNode before = api.me(token).data();

        assertThat(api.send("PATCH", "users/me", body, bearer(token)).problem()).isEqualTo(problem);
        assertThat(api.me(token).data()).isEqualTo(before);
    }

    @Test
    void discoveringGoesPageByPageThroughAllOthersInOrder() {
        String mark = "z" + UUID.randomUUID().toString().substring(0, 8);
        List<String> names = List.of("Álamo", "alba", "Árbol", "Zorro", "Ñandú", "Nube", "nube");
        for (String name : names) {
            api.register(newEmail(), name + " " + mark, name.startsWith("Z") ? "PROVIDER" : "CLIENT");
        }
        Reply caller = api.register(newEmail(), "Myself " + mark, "CLIENT");

        var found = new ArrayList<String>();
        String next = null;
        do {
            String cursor = next == null ? "" : "&cursor=" + next;
            JsonNode page = discover(caller, "?searchTerm=" + mark.toUpperCase(Locale.ROOT) + "&limit=3" + cursor)
                    .data();
            page.get("items").forEach(item -> {
                assertThat(names(item)).containsExactly("id", "companyName", "type", "locale");
                found.add(item.get("companyName").textValue().replace(" " + mark, ""));
            });
            assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
            next = page.get("nextCursor").textValue();
        } while (next != null);

        assertThat(found.stream().map(User::searchKey))
                .containsExactly("alamo", "alba", "arbol", "nandu", "nube", "nube", "zorro");
        assertThat(discover(caller, "?type=PROVIDER&searchTerm=" + mark).data().get("items"))
                .hasSize(1);
        assertThat(discover(caller, "?searchTerm=arbol%20" + mark).data().get("items"))
                .hasSize(1);
        assertThat(discover(caller, "?searchTerm=%25" + mark).data().get("items"))
                .isEmpty();
        assertThat(discover(caller, "?searchTerm=_" + mark).data().get("items")).isEmpty();
        assertThat(discover(caller, "?searchTerm=%5C").data().get("items")).isEmpty();
    }

    @Test
    void discoveringFindsNeitherAdministratorsNorTheDeactivated() throws SQLException {
        String mark = UUID.randomUUID().toString();
        Reply gone = api.register(newEmail(), mark, "CLIENT");
        Reply administrator = api.register(newEmail(), mark, "CLIENT");
        Reply there = api.register(newEmail(), mark, "PROVIDER");
        api.update("update app_user set status = 'DEACTIVATED' where id = ?", UUID.fromString(gone.userId()));
        api.update("update app_user set type = 'ADMIN' where id = ?", UUID.fromString(administrator.userId()));

        JsonNode items = discover(api.newcomer(), "?searchTerm=" + mark).data().get("items");

        assertThat(items.valueStream().map(item -> item.get("id").textValue())).containsExactly(there.userId());
        assertThat(items.toString()).doesNotContain("@");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0,400 invalid_limit",
        "?limit=101,400 invalid_limit",
        "?limit=x,400 invalid_limit",
        "?cursor=x,400 invalid_cursor",
        "?cursor=%00,400 invalid_cursor",
        "?type=ADMIN,400 validation_failed",
        "?type=client,400 validation_failed",
        "?searchTerm=a%00b,400 validation_failed",
        "?searchTerm=a%0Ab,400 validation_failed"
    })
    void discoveringRefusesBadParameters(String query, String problem) {
        assertThat(discover(api.newcomer(), query).problem()).isEqualTo(problem);
    }

    @Test
    void discoveringTakesTermsOf100Characters() {
        Reply caller = api.newcomer();

        assertThat(discover(caller, "?searchTerm=" + "a".repeat(100)).status()).isEqualTo(200);
        assertThat(discover(caller, "?searchTerm=" + "a".repeat(101)).problem()).isEqualTo("400 validation_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET users/me", "PATCH users/me", "POST users/me/password", "GET users/discover"})
    void nothingElseIsOpenToStrangers(String request) {
        String[] parts = request.split(" ", -1);

        Reply reply = api.send(parts[0], parts[1], parts[0].equals("GET") ? null : "{}");

        assertThat(reply.problem()).isEqualTo("401 unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }

    private Reply discover(Reply caller, String query) {
        return api.get("users/discover" + query, bearer(caller.token()));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What differs from one request to the next, whatever they ask: time, the request's id, the requests that are left. */
    private static Map<String, List<String>> headers(Reply reply) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.http().headers().map());
        List.of("Date", "X-Request-Id", "RateLimit").forEach(headers::remove);
        return headers;
    }

    private static String body(Reply reply) {
        String id = reply.json().path("requestId").asText();
        assertThat(id).isNotBlank();
        return reply.body().replace(id, "");
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
