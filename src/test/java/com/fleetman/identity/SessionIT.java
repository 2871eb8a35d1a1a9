package com.fleetman.identity;

import static com.fleetman.identity.IdentityApi.PASSWORD;
import static com.fleetman.identity.IdentityApi.atOnce;
import static com.fleetman.identity.IdentityApi.bearer;
import static com.fleetman.identity.IdentityApi.email;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.Json;
import com.fleetman.testing.Background;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.TestDatabase;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.MacAlgorithm;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a session: tokens, refreshing, and everything that ends it, over HTTP. */
@InContainer
class SessionIT {
    private final IdentityApi api = new IdentityApi();

    @BeforeEach
    void startWithoutFailedLogins() throws SQLException {
        api.forgetFailedLogins();
    }

    @Test
    void theHeaderWinsOverTheCookie() {
        Reply one = api.newcomer();
        Reply other = api.newcomer();
        String cookie = "fleetman_token=" + other.token();

        assertThat(api.get("users/me", "Cookie", cookie).data().get("id").textValue())
                .isEqualTo(other.userId());
        assertThat(api.get("users/me", "Authorization", "Bearer " + one.token(), "Cookie", cookie)
                        .data()
                        .get("id")
                        .textValue())
                .isEqualTo(one.userId());
        assertThat(api.get("users/me", "Authorization", "Bearer nonsense", "Cookie", cookie)
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.get("users/me", "Authorization", "Basic YTpi", "Cookie", cookie)
                        .problem())
                .isEqualTo("401 token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "fleetman_token", "jwt", "authorization", "Authorization"})
    void aTokenInTheUrlIsNotLookedAt(String parameter) {
        String token = api.newcomer().token();

        assertThat(api.get("users/me?" + parameter + "=" + token).problem()).isEqualTo("401 unauthenticated");
        assertThat(api.get("users/me;" + parameter + "=" + token).status()).isIn(401, 404);
    }

    @Test
    void onlyOwnTokensAreAccepted() {
        Reply reply = api.newcomer();
        String right = reply.token();
        String secret = IdentityApi.JWT_SECRET;
        String unsigned = right.substring(0, right.lastIndexOf('.') + 1);

        assertThat(api.me(forged(reply, secret, Jwts.SIG.HS256, jwt -> {})).status())
                .isEqualTo(200);
        assertThat(api.me(forged(reply, "x".repeat(48), Jwts.SIG.HS256, jwt -> {}))
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.me(forged(reply, (secret + secret).substring(0, 64), Jwts.SIG.HS512, jwt -> {}))
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.me(unsigned).problem()).isEqualTo("401 token_invalid");
        assertThat(api.me("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + right.split("\\.", -1)[1] + ".")
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.me(forged(
                                reply,
                                secret,
                                Jwts.SIG.HS256,
                                jwt -> jwt.header().type("JWT")))
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.me(forged(reply, secret, Jwts.SIG.HS256, jwt -> jwt.issuer("else")))
                        .problem())
                .isEqualTo("401 token_invalid");
        assertThat(api.me(forged(reply, secret, Jwts.SIG.HS256, jwt -> jwt.expiration(Date.from(Instant.EPOCH))))
                        .problem())
                .isEqualTo("401 token_expired");
        assertThat(api.me(forged(
                                reply,
                                secret,
                                Jwts.SIG.HS256,
                                jwt -> jwt.subject(UUID.randomUUID().toString())))
                        .problem())
                .isEqualTo("401 session_ended");
        assertThat(api.me(forged(
                                reply,
                                secret,
                                Jwts.SIG.HS256,
                                jwt -> jwt.claim("sid", UUID.randomUUID().toString())))
                        .problem())
                .isEqualTo("401 session_ended");
    }

    @Test
    void rolesAreThoseOfTheAccountAndNotOfTheToken() throws SQLException {
        Reply reply = api.newcomer();
        String admin =
                forged(reply, IdentityApi.JWT_SECRET, Jwts.SIG.HS256, jwt -> jwt.claim("roles", List.of("ADMIN")));

        assertThat(api.post("admin/users/" + UUID.randomUUID() + "/deactivate", null, bearer(admin))
                        .problem())
                .isEqualTo("403 forbidden");

        api.update("update app_user set roles = 'ADMIN' where id = ?", UUID.fromString(reply.userId()));
        assertThat(api.post("admin/users/" + UUID.randomUUID() + "/deactivate", null, bearer(reply.token()))
                        .problem())
                .isEqualTo("404 user_not_found");
    }

    @Test
    void refreshingGivesANewPairOfTheSameSession() {
        Reply first = api.newcomer();

        Reply second = api.refresh(first.refreshToken());

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.userId()).isEqualTo(first.userId());
        assertThat(sessionId(second.token())).isEqualTo(sessionId(first.token()));
        assertThat(api.me(second.token()).status()).isEqualTo(200);
        assertThat(api.me(first.token()).status()).isEqualTo(200);
        assertThat(api.refresh(second.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void refreshingAnExpiredSessionIsTooLate() throws SQLException {
        Reply reply = api.newcomer();
        api.update("update user_session set expires_at = now() where id = ?", sessionId(reply.token()));

        assertThat(api.refresh(reply.refreshToken()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(reply.token()).problem()).isEqualTo("401 session_ended");
    }

    @Test
    void aRefreshTokenUsedTwiceEndsTheSession() throws SQLException {
        Reply first = api.newcomer();
        Reply bystander = api.login(email(first), PASSWORD);
        Reply second = api.refresh(first.refreshToken());

        Reply reused = api.refresh(first.refreshToken());

        assertThat(reused.problem()).isEqualTo("401 refresh_reused");
        assertThat(reused.cookies()).isEmpty();
        assertThat(api.me(first.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(second.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.refresh(second.refreshToken()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(bystander.token()).status()).isEqualTo(200);
        assertThat(api.query("select end_reason from user_session where id = ?", sessionId(first.token())))
                .containsExactly("refresh_reused");
    }

    @Test
    void ofManyRefreshesAtOnceOneWins() throws Exception {
        String refreshToken = api.newcomer().refreshToken();

        List<Reply> replies = atOnce(8, () -> api.refresh(refreshToken));

        assertThat(replies).extracting(Reply::status).containsOnlyOnce(200).isSubsetOf(200, 401, 409);
    }

    /** Two tabs wait for the same row: the second is too late, but nobody has stolen anything. */
    @Test
    void twoTabsThatRefreshAtOnceDoNotEndTheirSession() throws Exception {
        Reply reply = api.newcomer();
        List<CompletableFuture<Reply>> tabs;
        try (Connection holder = TestDatabase.connect()) {
            holder.setAutoCommit(false);
            try (PreparedStatement lock =
                    holder.prepareStatement("select 1 from refresh_token where hash = ? for update")) {
                lock.setString(1, RefreshToken.hash(reply.refreshToken()));
                lock.execute();
            }
            tabs = List.of(
                    Background.supply(() -> api.refresh(reply.refreshToken())),
                    Background.supply(() -> api.refresh(reply.refreshToken())));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> waitingFor("refresh_token").size() == 2);
            holder.rollback();
        }
        Reply one = tabs.get(0).get(20, TimeUnit.SECONDS);
        Reply other = tabs.get(1).get(20, TimeUnit.SECONDS);

        assertThat(List.of(one.status(), other.status())).containsExactlyInAnyOrder(200, 409);
        Reply winner = one.status() == 200 ? one : other;
        Reply loser = one.status() == 200 ? other : one;
        assertThat(loser.problem()).isEqualTo("409 refresh_raced");
        assertThat(api.me(winner.token()).status()).isEqualTo(200);
        assertThat(api.refresh(winner.refreshToken()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"refreshToken\":null}"})
    void refreshingNeedsAToken(String body) {
        assertThat(api.send("POST", "auth/refresh", body).problem()).isEqualTo("401 unauthenticated");
        assertThat(api.send("POST", "auth/refresh", null).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void refreshingRefusesWhatIsNoRefreshToken() {
        Reply reply = api.newcomer();

        assertThat(api.refresh("x").problem()).isEqualTo("401 refresh_invalid");
        assertThat(api.refresh(reply.token()).problem()).isEqualTo("401 refresh_invalid");
        assertThat(api.send("POST", "auth/refresh", "{\"refreshToken\":7}").problem())
                .isEqualTo("400 wrong_type");
        assertThat(api.me(reply.refreshToken()).problem()).isEqualTo("401 token_invalid");
    }

    @Test
    void signingOutEndsThisSessionAtOnceAndNoOther() {
        Reply here = api.newcomer();
        Reply elsewhere = api.login(email(here), PASSWORD);

        Reply out = api.post("auth/logout", null, bearer(here.token()));

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.body()).isEqualTo("{\"success\":true,\"data\":{}}");
        assertThat(api.me(here.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.refresh(here.refreshToken()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(elsewhere.token()).status()).isEqualTo(200);
        assertThat(api.post("auth/logout", null, bearer(here.token())).status()).isEqualTo(200);
        assertThat(api.post("auth/logout", null).status()).isEqualTo(200);
        assertThat(api.post("auth/logout", null, bearer("x")).problem()).isEqualTo("401 token_invalid");
    }

    @Test
    void signingOutWorksWithAnExpiredAccessToken() {
        Reply reply = api.newcomer();
        String expired =
                forged(reply, IdentityApi.JWT_SECRET, Jwts.SIG.HS256, jwt -> jwt.expiration(Date.from(Instant.EPOCH)));

        assertThat(api.post("auth/logout", null, bearer(expired)).status()).isEqualTo(200);
        assertThat(api.me(reply.token()).problem()).isEqualTo("401 session_ended");
    }

    @Test
    void changingThePasswordEndsAllSessionsAndGivesThisDeviceANewOne() throws SQLException {
        Reply here = api.newcomer();
        Reply elsewhere = api.login(email(here), PASSWORD);

        Reply changed = change(here, PASSWORD, "another horse battery");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.cookies()).hasSize(2);
        assertThat(api.me(changed.token()).status()).isEqualTo(200);
        assertThat(api.refresh(changed.refreshToken()).status()).isEqualTo(200);
        assertThat(api.me(here.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.me(elsewhere.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.refresh(elsewhere.refreshToken()).problem()).isEqualTo("401 session_ended");
        assertThat(api.login(email(here), PASSWORD).problem()).isEqualTo("401 invalid_credentials");
        assertThat(api.login(email(here), "another horse battery").status()).isEqualTo(200);
        assertThat(api.query("select end_reason from user_session where id = ?", sessionId(elsewhere.token())))
                .containsExactly("password_changed");
    }

    @Test
    void changingThePasswordNeedsTheCurrentOneAndAGoodNewOne() {
        Reply reply = api.newcomer();

        assertThat(change(reply, "not the password", "another horse battery").problem())
                .isEqualTo("403 wrong_password");
        assertThat(change(reply, PASSWORD, "short").blamed()).containsExactly("newPassword:too_short");
        assertThat(change(reply, PASSWORD, "x".repeat(129)).blamed()).containsExactly("newPassword:too_long");
        assertThat(change(reply, PASSWORD, PASSWORD).blamed()).containsExactly("newPassword:unchanged");
        assertThat(api.post("users/me/password", Map.of(), bearer(reply.token()))
                        .blamed())
                .containsExactly("currentPassword:required", "newPassword:required");
        assertThat(api.me(reply.token()).status()).isEqualTo(200);
    }

    @Test
    void theCurrentPasswordCannotBeGuessedHereEither() {
        Reply reply = api.newcomer();
        for (int i = 0; i < IdentityApi.LOGIN_ATTEMPTS_PER_ACCOUNT; i++) {
            change(reply, "not the password", "another horse battery");
        }

        assertThat(change(reply, PASSWORD, "another horse battery").problem()).isEqualTo("429 too_many_attempts");
        assertThat(api.login(email(reply), PASSWORD).problem()).isEqualTo("429 too_many_attempts");
    }

    @Test
    void ofTwoPasswordChangesAtOnceOneWins() throws Exception {
        Reply reply = api.newcomer();

        List<Reply> replies = atOnce(2, () -> change(reply, PASSWORD, "another horse battery"));

        assertThat(replies).extracting(Reply::status).containsOnlyOnce(200).isSubsetOf(200, 401, 403, 409);
        assertThat(api.login(email(reply), "another horse battery").status()).isEqualTo(200);
    }

    @Test
    void deactivatingShutsTheUserOutUntilReactivated() throws SQLException {
        Reply admin = api.administrator();
        Reply user = api.newcomer();

        assertThat(administer(admin, user, "deactivate").status()).isEqualTo(200);
        assertThat(administer(admin, user, "deactivate").status()).isEqualTo(200);
        assertThat(api.me(user.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.refresh(user.refreshToken()).problem()).isEqualTo("401 session_ended");
        assertThat(api.login(email(user), PASSWORD).problem()).isEqualTo("401 invalid_credentials");

        assertThat(administer(admin, user, "reactivate").status()).isEqualTo(200);
        assertThat(administer(admin, user, "reactivate").status()).isEqualTo(200);
        assertThat(api.me(user.token()).problem()).isEqualTo("401 session_ended");
        assertThat(api.login(email(user), PASSWORD).status()).isEqualTo(200);
        assertThat(api.query("select end_reason from user_session where id = ?", sessionId(user.token())))
                .containsExactly("deactivated");
    }

    @Test
    void noSessionSlipsInWhileAUserIsDeactivated() throws Exception {
        Reply admin = api.administrator();
        Reply user = api.newcomer();

        CompletableFuture<List<Reply>> logins = Background.supply(() -> {
            try {
                return atOnce(6, () -> api.login(email(user), PASSWORD));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        administer(admin, user, "deactivate");
        logins.get(60, TimeUnit.SECONDS);

        assertThat(api.query(
                        "select id from user_session where user_id = ? and ended_at is null",
                        UUID.fromString(user.userId())))
                .isEmpty();
    }

    @Test
    void onlyAdministratorsDeactivateAndNotThemselves() throws SQLException {
        Reply admin = api.administrator();
        Reply user = api.newcomer();

        assertThat(administer(user, admin, "deactivate").problem()).isEqualTo("403 forbidden");
        assertThat(administer(user, user, "reactivate").problem()).isEqualTo("403 forbidden");
        assertThat(api.post("admin/users/" + user.userId() + "/deactivate", null)
                        .problem())
                .isEqualTo("401 unauthenticated");
        assertThat(administer(admin, admin, "deactivate").problem()).isEqualTo("409 own_account");
        assertThat(api.post("admin/users/1/deactivate", null, bearer(admin.token()))
                        .problem())
                .isEqualTo("400 invalid_uuid");
        assertThat(api.post("admin/users/" + UUID.randomUUID() + "/reactivate", null, bearer(admin.token()))
                        .problem())
                .isEqualTo("404 user_not_found");
        assertThat(api.me(admin.token()).status()).isEqualTo(200);
    }

    private Reply change(Reply signedIn, String current, String wanted) {
        return api.post(
                "users/me/password",
                Map.of("currentPassword", current, "newPassword", wanted),
                bearer(signedIn.token()));
    }

    private Reply administer(Reply admin, Reply user, String verb) {
        return api.post("admin/users/" + user.userId() + "/" + verb, null, bearer(admin.token()));
    }

    private List<String> waitingFor(String table) throws SQLException {
        return api.query(
                "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                        + " and query like '%' || ? || '%'",
                table);
    }

    private static UUID sessionId(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        return UUID.fromString(Json.tree(claims).get("sid").textValue());
    }

    /** The access token as somebody makes it who knows everything but, perhaps, the key. */
    private static String forged(Reply reply, String secret, MacAlgorithm algorithm, Consumer<JwtBuilder> change) {
        Instant now = Instant.now();
        JwtBuilder jwt = Jwts.builder()
                .header()
                .type("at+jwt")
                .keyId(AccessTokens.keyId(IdentityApi.JWT_SECRET))
                .and()
                .issuer("fleetman")
                .audience()
                .add("fleetman")
                .and()
                .subject(reply.userId())
                .claim("sid", sessionId(reply.token()).toString())
                .claim("roles", List.of("CLIENT"))
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plusSeconds(60)));
        change.accept(jwt);
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        return jwt.signWith(
                        new SecretKeySpec(key, algorithm.equals(Jwts.SIG.HS512) ? "HmacSHA512" : "HmacSHA256"),
                        algorithm)
                .compact();
    }
}
