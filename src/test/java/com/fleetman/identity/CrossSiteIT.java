package com.fleetman.identity;

import static com.fleetman.identity.IdentityApi.PASSWORD;
import static com.fleetman.identity.IdentityApi.email;
import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.InContainer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies, and what scripts of this and of other sites can do with them, over HTTP. */
@InContainer
class CrossSiteIT {
    private static final String ALLOWED = IdentityApi.CORS_ORIGIN;
    private static final String EVIL = "https://evil.example";
    private static final String RENAME = "{\"companyName\":\"Renamed\"}";

    private final IdentityApi api = new IdentityApi();

    @BeforeEach
    void startWithoutFailedLogins() throws SQLException {
        api.forgetFailedLogins();
    }

    @Test
    void cookiesAreExactToTheByte() {
        Reply login = api.login(email(api.newcomer()), PASSWORD);
        String path = api.contextPath();
        String authPath = (path.equals("/") ? "" : path) + "/api/v1/auth";

        assertThat(login.cookies())
                .containsExactly(
                        "fleetman_token=" + login.token() + "; Max-Age=900; Path=" + path + "; HttpOnly; SameSite=Lax",
                        "fleetman_refresh=" + login.refreshToken() + "; Max-Age=2592000; Path=" + authPath
                                + "; HttpOnly; SameSite=Lax");
        Reply logout = api.send("POST", "auth/logout", null, "Authorization", "Bearer " + login.token());
        assertThat(logout.cookies())
                .containsExactly(
                        "fleetman_token=; Max-Age=0; Path=" + path + "; HttpOnly; SameSite=Lax",
                        "fleetman_refresh=; Max-Age=0; Path=" + authPath + "; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void anAllowedOriginGetsItsPreflight(String method) {
        Reply reply = preflight("users/me", ALLOWED, method);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Access-Control-Allow-Origin")).contains(ALLOWED);
        assertThat(reply.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(reply.header("Access-Control-Allow-Methods").orElseThrow()).contains(method);
        assertThat(reply.header("Access-Control-Allow-Headers").orElseThrow())
                .contains(
                        "Authorization",
                        "Content-Type",
                        "Idempotency-Key",
                        "If-Match",
                        "If-None-Match",
                        "Last-Event-ID",
                        "traceparent",
                        "tracestate")
                .doesNotContain("*");
        assertThat(reply.header("Access-Control-Max-Age")).contains("7200");
        assertThat(reply.http().headers().allValues("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null", "https://app.example.evil.example", "http://app.example", "*"})
    void noOtherOriginGetsAny(String origin) {
        Reply reply = preflight("users/me", origin, "PATCH");

        assertThat(reply.problem()).isEqualTo("403 origin_not_allowed");
        assertNoPermission(reply);
    }

    @Test
    void anAllowedOriginMayReadAnswersAndErrors() {
        Reply answer = api.get("users/me", "Origin", ALLOWED, "Cookie", cookie(api.newcomer()));
        Reply error = api.get("users/me", "Origin", ALLOWED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(error.problem()).isEqualTo("401 unauthenticated");
        for (Reply reply : new Reply[] {answer, error}) {
            assertThat(reply.header("Access-Control-Allow-Origin")).contains(ALLOWED);
            assertThat(reply.header("Access-Control-Allow-Credentials")).contains("true");
            assertThat(reply.header("Access-Control-Expose-Headers").orElseThrow())
                    .contains("ETag", "Retry-After", "Location");
            assertThat(reply.http().headers().allValues("Vary")).contains("Origin");
        }
    }

    @Test
    void anotherOriginMayReadNothing() {
        Reply reply = api.get("users/me", "Origin", EVIL, "Cookie", cookie(api.newcomer()));

        assertNoPermission(reply);
        assertThat(reply.http().headers().allValues("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @CsvSource({"same-origin,", ",OWN", ",ALLOWED", "cross-site,ALLOWED", "same-origin,OWN"})
    void theCookieChangesThingsFromTrustedPages(@Nullable String fetchSite, @Nullable String origin) {
        Reply user = api.newcomer();

        Reply reply = api.send("PATCH", "users/me", RENAME, from(fetchSite, origin, cookie(user)));

        assertThat(reply.data().get("companyName").textValue()).isEqualTo("Renamed");
    }

    @ParameterizedTest
    @CsvSource({",", ",EVIL", ",null", "cross-site,", "cross-site,EVIL", "same-site,", "none,"})
    void theCookieChangesNothingFromElsewhere(@Nullable String fetchSite, @Nullable String origin) {
        Reply user = api.newcomer();
        String cookies = cookie(user) + "; fleetman_refresh=" + user.refreshToken();

        for (String request : new String[] {"PATCH users/me", "POST users/me/password", "POST auth/logout"}) {
            String[] parts = request.split(" ", -1);
            assertThat(api.send(parts[0], parts[1], RENAME, from(fetchSite, origin, cookies))
                            .problem())
                    .as(request)
                    .isEqualTo("403 cross_site");
        }
        assertThat(api.send("POST", "auth/refresh", null, from(fetchSite, origin, cookies))
                        .problem())
                .isEqualTo("403 cross_site");
        assertThat(api.me(user.token()).data().get("companyName").textValue()).isEqualTo("Grúas Ñandú");
        assertThat(api.refresh(user.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void theBearerTokenWorksFromAnywhereSinceNoBrowserSendsItByItself() {
        Reply user = api.newcomer();

        assertThat(api.send(
                                "PATCH",
                                "users/me",
                                RENAME,
                                "Authorization",
                                "Bearer " + user.token(),
                                "Origin",
                                EVIL,
                                "Sec-Fetch-Site",
                                "cross-site")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBrowserRefreshesByItsCookieAlone() {
        Reply user = api.newcomer();
        String cookie = "fleetman_refresh=" + user.cookie("fleetman_refresh");

        Reply refreshed = api.send("POST", "auth/refresh", null, from("same-origin", null, cookie));

        assertThat(refreshed.cookie("fleetman_token")).isEqualTo(refreshed.token());
        assertThat(refreshed.cookie("fleetman_refresh"))
                .isEqualTo(refreshed.refreshToken())
                .isNotEqualTo(user.refreshToken());
        assertThat(api.send("POST", "auth/refresh", null, from("same-origin", null, cookie))
                        .problem())
                .isEqualTo("401 refresh_reused");
    }

    @Test
    void theBodyWinsOverTheRefreshCookie() {
        Reply one = api.newcomer();
        Reply other = api.newcomer();

        Reply reply = api.send(
                "POST",
                "auth/refresh",
                "{\"refreshToken\":\"" + one.refreshToken() + "\"}",
                "Cookie",
                "fleetman_refresh=" + other.refreshToken());

        assertThat(reply.userId()).isEqualTo(one.userId());
        assertThat(api.refresh(other.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void aBrowserSignsOutByEitherCookie() {
        Reply user = api.newcomer();
        Reply again = api.login(email(user), PASSWORD);

        api.send("POST", "auth/logout", null, from("same-origin", null, cookie(user)));
        api.send("POST", "auth/logout", null, from("same-origin", null, "fleetman_refresh=" + again.refreshToken()));

        assertThat(api.me(user.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(again.token()).problem()).isEqualTo("401 session_ended");
    }

    @Test
    void signingOutWithAStaleCookieStillClearsIt() {
        Reply reply = api.send("POST", "auth/logout", null, from("same-origin", null, "fleetman_token=nonsense"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.cookies()).hasSize(2);
    }

    private Reply preflight(String path, String origin, String method) {
        return api.send(
                "OPTIONS",
                path,
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type, idempotency-key");
    }

    private static void assertNoPermission(Reply reply) {
        assertThat(reply.http().headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    private static String cookie(Reply signedIn) {
        return "fleetman_token=" + signedIn.token();
    }

    private String[] from(@Nullable String fetchSite, @Nullable String origin, String cookie) {
        var headers = new ArrayList<String>(List.of("Cookie", cookie));
        if (fetchSite != null) {
            headers.addAll(List.of("Sec-Fetch-Site", fetchSite));
        }
        if (origin != null) {
            String sent = switch (origin) {
                case "OWN" -> api.origin();
                case "ALLOWED" -> ALLOWED;
                case "EVIL" -> EVIL;
                default -> origin;
            };
            headers.addAll(List.of("Origin", sent));
        }
        return headers.toArray(String[]::new);
    }
}
