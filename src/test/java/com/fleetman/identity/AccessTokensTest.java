package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.SampleSettings;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.MacAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-10T12:00:00.750Z");
    private static final String SECOND = "the-secret-that-comes-next-0123456789-abc";
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final AccessTokens tokens = tokens(SampleSettings.SECRET, NOW);
    private final User user = SampleUsers.client();
    private final UUID session = Ids.next();

    @Test
    void carriesTheClaimsOfTheContract() {
        AccessTokens.Issued issued = tokens.issue(user, session);

        JsonNode header = part(issued.token(), 0);
        JsonNode claims = part(issued.token(), 1);
        assertThat(header.get("typ").textValue()).isEqualTo("at+jwt");
        assertThat(header.get("alg").textValue()).isEqualTo("HS256");
        assertThat(header.get("kid").textValue()).isEqualTo(AccessTokens.keyId(SampleSettings.SECRET));
        assertThat(names(header)).containsExactlyInAnyOrder("typ", "alg", "kid");
        assertThat(names(claims)).containsExactlyInAnyOrder("iss", "aud", "sub", "sid", "roles", "iat", "exp");
        assertThat(claims.get("iss").textValue()).isEqualTo("fleetman");
        assertThat(claims.get("aud").toString()).contains("fleetman");
        assertThat(claims.get("sub").textValue()).isEqualTo(user.id().toString());
        assertThat(claims.get("sid").textValue()).isEqualTo(session.toString());
        assertThat(claims.get("roles").toString()).isEqualTo("[\"CLIENT\"]");
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
                .isEqualTo(LIFETIME.toSeconds());
        assertThat(issued.expiresAt()).isEqualTo(Instant.parse("2026-01-10T12:15:00Z"));
    }

    @Test
    void verifiesWhatItIssued() {
        AccessTokens.Issued issued = tokens.issue(user, session);

        assertThat(tokens.verify(issued.token()))
                .isEqualTo(new AccessTokens.Verified(user.id(), session, issued.expiresAt()));
    }

    @Test
    void expiresToTheSecond() {
        AccessTokens.Issued issued = tokens.issue(user, session);
        Instant exp = issued.expiresAt();

        assertThat(tokens(SampleSettings.SECRET, exp.minusMillis(1)).verify(issued.token()))
                .isNotNull();
        assertThat(code(tokens(SampleSettings.SECRET, exp.plusMillis(1)), issued.token()))
                .isEqualTo("token_expired");
    }

    @Test
    void aTokenThatWasGoodOnceIsRefusedWhenItHasExpired() {
        var now = new AtomicReference<>(NOW);
        InstantSource moving = now::get;
        AccessTokens ticking = new AccessTokens(
                SampleSettings.with(Map.of("FLEETMAN_JWT_SECRET", SampleSettings.SECRET)),
                moving.withZone(ZoneOffset.UTC));
        String token = ticking.issue(user, session).token();

        assertThat(ticking.verify(token)).isNotNull();
        now.set(NOW.plus(LIFETIME));
        assertThat(code(ticking, token)).isEqualTo("token_expired");
    }

    @Test
    void aTokenThatWasGoodOnceIsStillRefusedWithAnotherSignature() {
        String token = tokens.issue(user, session).token();
        assertThat(tokens.verify(token)).isNotNull();

        String signature = token.substring(token.lastIndexOf('.') + 1);
        String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
        assertThat(code(tokens, token.substring(0, token.lastIndexOf('.') + 1) + other))
                .isEqualTo("token_invalid");
    }

    @Test
    void anExpiredTokenStillNamesItsSessionForSigningOut() {
        AccessTokens later = tokens(SampleSettings.SECRET, NOW.plus(Duration.ofDays(2)));

        assertThat(later.sessionOf(tokens.issue(user, session).token())).contains(session);
        assertThat(later.sessionOf(forged(key(SECOND), Jwts.SIG.HS256, jwt -> {})))
                .isEmpty();
    }

    @Test
    void anAddedSecretSignsWhileTheOldOneStillVerifies() {
        String old = tokens.issue(user, session).token();
        AccessTokens rotated = tokens(SECOND + "," + SampleSettings.SECRET, NOW);
        String fresh = rotated.issue(user, session).token();

        assertThat(rotated.verify(old).sessionId()).isEqualTo(session);
        assertThat(part(fresh, 0).get("kid").textValue()).isEqualTo(AccessTokens.keyId(SECOND));
        assertThat(tokens(SECOND, NOW).verify(fresh).sessionId()).isEqualTo(session);
        assertThat(code(tokens(SECOND, NOW), old)).isEqualTo("token_invalid");
        assertThat(code(tokens, fresh)).isEqualTo("token_invalid");
    }

    @Test
    void acceptsNoOtherAlgorithmEvenWithTheRightKey() {
        String longSecret = "x".repeat(64);
        AccessTokens strong = tokens(longSecret, NOW);
        SecretKey key512 = new SecretKeySpec(longSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA512");
        String kid = AccessTokens.keyId(longSecret);

        assertThat(code(
                        strong,
                        forged(key512, Jwts.SIG.HS512, jwt -> jwt.header().keyId(kid))))
                .isEqualTo("token_invalid");
        assertThat(code(
                        strong,
                        forged(key512, Jwts.SIG.HS384, jwt -> jwt.header().keyId(kid))))
                .isEqualTo("token_invalid");
        assertThat(strong.verify(strong.issue(user, session).token())).isNotNull();
    }

    @Test
    void acceptsNothingUnsigned() {
        String signed = tokens.issue(user, session).token();
        String claims = signed.split("\\.", -1)[1];
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(code(tokens, none + "." + claims + ".")).isEqualTo("token_invalid");
        assertThat(code(tokens, none + "." + claims + "." + signed.split("\\.", -1)[2]))
                .isEqualTo("token_invalid");
        assertThat(code(tokens, signed.substring(0, signed.lastIndexOf('.') + 1)))
                .isEqualTo("token_invalid");
    }

    @Test
    void acceptsNoForeignSignatureUnderAKnownKeyId() {
        assertThat(code(tokens, forged(key(SECOND), Jwts.SIG.HS256, jwt -> {}))).isEqualTo("token_invalid");
    }

    @Test
    void acceptsOnlyItsOwnKindOfTokenForItsOwnAudience() {
        SecretKey key = key(SampleSettings.SECRET);

        assertThat(tokens.verify(forged(key, Jwts.SIG.HS256, jwt -> {}))).isNotNull();
        refused(key, jwt -> jwt.header().type("JWT"));
        refused(key, jwt -> jwt.header().type(null));
        refused(key, jwt -> jwt.header().keyId("other"));
        refused(key, jwt -> jwt.header().keyId(null));
        refused(key, jwt -> jwt.issuer("somebody"));
        refused(key, jwt -> jwt.issuer(null));
        refused(key, jwt -> jwt.claims().audience().clear().add("else").and());
        refused(key, jwt -> jwt.claims().audience().clear().and());
        refused(key, jwt -> jwt.subject("me"));
        refused(key, jwt -> jwt.subject(null));
        refused(key, jwt -> jwt.claim("sid", "x"));
        refused(key, jwt -> jwt.claim("sid", 7));
        refused(key, jwt -> jwt.claim("sid", null));
        refused(key, jwt -> jwt.expiration(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "a.b", "a.b.c", "..", "e30.e30.e30", "\u0000", "Ñ.Ñ.Ñ"})
    void refusesWhatIsNoToken(String text) {
        assertThat(code(tokens, text)).isEqualTo("token_invalid");
    }

    @Test
    void refusesHugeTokensUnread() {
        assertThat(code(tokens, "a".repeat(1_000_000))).isEqualTo("token_invalid");
    }

    private void refused(SecretKey key, Consumer<JwtBuilder> change) {
        assertThat(code(tokens, forged(key, Jwts.SIG.HS256, change))).isEqualTo("token_invalid");
    }

    /** A token right in everything, until it is changed. */
    private String forged(SecretKey key, MacAlgorithm algorithm, Consumer<JwtBuilder> change) {
        JwtBuilder jwt = Jwts.builder()
                .header()
                .type("at+jwt")
                .keyId(AccessTokens.keyId(SampleSettings.SECRET))
                .and()
                .issuer("fleetman")
                .audience()
                .add("fleetman")
                .and()
                .subject(user.id().toString())
                .claim("sid", session.toString())
                .claim("roles", List.of("ADMIN"))
                .issuedAt(Date.from(NOW))
                .expiration(Date.from(NOW.plus(LIFETIME)));
        change.accept(jwt);
        return jwt.signWith(key, algorithm).compact();
    }

    private static String code(AccessTokens tokens, String token) {
        Problem problem = catchThrowableOfType(Problem.class, () -> tokens.verify(token));
        assertThat(problem).as("accepted %s", token).isNotNull();
        assertThat(problem.status()).isEqualTo(401);
        return problem.code();
    }

    private static AccessTokens tokens(String secrets, Instant now) {
        return new AccessTokens(
                SampleSettings.with(Map.of("FLEETMAN_JWT_SECRET", secrets)), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private static JsonNode part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return Json.tree(new String(json, StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
