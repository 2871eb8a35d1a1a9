package com.fleetman.identity;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues and verifies access tokens: JWTs signed with HS256 and nothing else (RFC 7519, RFC 9068 for {@code at+jwt}).
 * The first secret signs and all verify, so that a secret can be replaced without signing anybody out. The clock is not
 * allowed any skew: only this application's own tokens are verified here, by nodes that share a database.
 */
@ApplicationScoped
class AccessTokens {
    static final String TYPE = "at+jwt";
    private static final int LONGEST = 4_096;

    /** Tokens whose signature is not checked again: a client shows the same one with every request. */
    private static final int KNOWN = 10_000;

    /**
     * The library looks at no time: what it says of an expired token leaves a formatter on the server's thread, and with it
     * the class loader of this application for as long as that thread lives.
     */
    private static final long ANY_TIME_SECONDS = Duration.ofDays(36_500).toSeconds();

    private final Settings.Tokens settings;
    private final Clock clock;
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final String signingKeyId;
    private final JwtParser parser;
    private final Recent<String, Verified> known = new Recent<>(KNOWN);

    @Inject
    AccessTokens(Settings settings, Clock clock) {
        this.settings = settings.tokens();
        this.clock = clock;
        this.settings.secrets().forEach(secret -> keys.putIfAbsent(keyId(secret), key(secret)));
        this.signingKeyId = keyId(this.settings.secrets().get(0));
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .keyLocator(this::keyOf)
                .requireIssuer(this.settings.issuer())
                .requireAudience(this.settings.audience())
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(ANY_TIME_SECONDS)
                .build();
    }

    /** @param expiresAt the {@code exp} of the token, whole seconds */
    record Issued(String token, Instant expiresAt) {}

    /** What a token of ours says. Whether the session it names is still alive is for the database to say. */
    record Verified(UUID userId, UUID sessionId, Instant expiresAt) {}

    Issued issue(User user, UUID sessionId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(settings.accessLifetime());
        String token = Jwts.builder()
                .header()
                .type(TYPE)
                .keyId(signingKeyId)
                .and()
                .issuer(settings.issuer())
                .audience()
                .add(settings.audience())
                .and()
                .subject(user.id().toString())
                .claim("sid", sessionId.toString())
                .claim("roles", user.roles().stream().sorted().toList())
                .issuedAt(Date.from(now))
                .expiration(Date.from(expiresAt))
                .signWith(signingKey(), Jwts.SIG.HS256)
                .compact();
        return new Issued(token, expiresAt);
    }

    /**
     * @throws Problem 401 {@code token_expired} or {@code token_invalid}
     */
    Verified verify(String token) {
        Verified verified = signed(token).orElseThrow(AccessTokens::invalid);
        if (!clock.instant().isBefore(verified.expiresAt())) {
            throw Problem.unauthorized("token_expired", "the access token has expired; refresh it");
        }
        return verified;
    }

    /** The session that a token names, even if the token has expired; empty if it is not a token of ours. */
    Optional<UUID> sessionOf(String token) {
        return signed(token).map(Verified::sessionId);
    }

    /** What a token says that we have signed, whatever the time; empty if it is none. */
    private Optional<Verified> signed(String token) {
        Verified before = known.get(token);
        if (before != null) {
            return Optional.of(before);
        }
        try {
            Jws<Claims> jws = parse(token);
            Optional<Verified> verified = verified(jws.getHeader(), jws.getPayload());
            verified.ifPresent(now -> known.put(token, now));
            return verified;
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Jws<Claims> parse(String token) {
        if (token.length() > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        return parser.parseSignedClaims(token);
    }

    private static Optional<Verified> verified(Header header, Claims claims) {
        String subject = claims.getSubject();
        String session = claims.get("sid", String.class);
        Date expiration = claims.getExpiration();
        if (!TYPE.equals(header.getType()) || subject == null || session == null || expiration == null) {
            return Optional.empty();
        }
        return Optional.of(new Verified(UUID.fromString(subject), UUID.fromString(session), expiration.toInstant()));
    }

    private SecretKey signingKey() {
        return keys.values().iterator().next();
    }

    private Key keyOf(Header header) {
        Object id = header.get("kid");
        SecretKey key = id == null ? null : keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("unknown key");
        }
        return key;
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** Tells keys apart and nothing of the key: the first bytes of its hash, with a prefix hashed along. */
    static String keyId(String secret) {
        return HexFormat.of().formatHex(RefreshToken.sha256("fleetman kid " + secret), 0, 6);
    }

    private static Problem invalid() {
        return Problem.unauthorized("token_invalid", "the access token is not valid");
    }
}
