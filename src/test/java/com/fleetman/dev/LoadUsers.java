package com.fleetman.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The accounts of a load test: {@code load0@fleetman.example} and so on, each with the next one as contact, a session that
 * lives for a day and an access token of it. Nobody can sign in to them: they have no password. Made in a few statements,
 * however many they are; what is there from an earlier run stays.
 */
final class LoadUsers {
    static final String TOKENS = "load-tokens.txt";
    private static final Duration LIFE = Duration.ofDays(1);

    private static final String ACCOUNTS = """
        insert into app_user (id, email, password_hash, type, company_name, company_key, locale, roles, status,
            created_at, updated_at)
        select gen_random_uuid(), 'load' || n || '@fleetman.example', '!', 'CLIENT', 'Load ' || n, 'load ' || n, 'en',
            'CLIENT', 'ACTIVE', ?, ?
        from generate_series(0, ? - 1) n
        on conflict (email) do nothing\
        """;

    private static final String INBOXES = """
        insert into inbox (user_id)
        select u.id from generate_series(0, ? - 1) n join app_user u on u.email = 'load' || n || '@fleetman.example'
        on conflict (user_id) do nothing\
        """;

    private static final String CONTACTS = """
        insert into relation (owner_id, peer_id, contact_since)
        select a.id, b.id, ?
        from generate_series(0, ? - 1) n
            join app_user a on a.email = 'load' || n || '@fleetman.example'
            join app_user b on b.email = 'load' || (n + 1) % ? || '@fleetman.example'
        where a.id <> b.id
        on conflict (owner_id, peer_id) do nothing\
        """;

    private static final String SESSIONS = """
        with load as materialized (
            select n, u.id as user_id, gen_random_uuid() as session_id
            from generate_series(0, ? - 1) n join app_user u on u.email = 'load' || n || '@fleetman.example'
        ), made as (
            insert into user_session (id, user_id, created_at, access_expires_at, expires_at)
            select session_id, user_id, ?, ?, ? from load
        )
        select user_id, session_id from load order by n\
        """;

    private final Database database;
    private final String secret;
    private final String issuer;
    private final String audience;

    /** @param secrets as {@code FLEETMAN_JWT_SECRET}: the first one signs */
    LoadUsers(Database database, String secrets, String issuer, String audience) {
        this.database = database;
        this.secret = secrets.split(",", 2)[0].strip();
        this.issuer = issuer;
        this.audience = audience;
    }

    /** Makes them, and writes their tokens into the directory: one a line, in the order of their numbers. */
    void load(int count, Path directory) throws RefusedStart {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            write(directory.resolve(TOKENS), tokens(sessions(count, now), now));
        } catch (SQLException | IOException | GeneralSecurityException e) {
            throw new RefusedStart("The load users could not be made: " + e.getMessage());
        }
    }

    private record Session(String userId, String id) {}

    private List<Session> sessions(int count, Instant now) throws SQLException {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            update(connection, ACCOUNTS, at, at, count);
            update(connection, INBOXES, count);
            update(connection, CONTACTS, at, count, count);
            var sessions = new ArrayList<Session>(count);
            try (PreparedStatement insert = connection.prepareStatement(SESSIONS)) {
                set(insert, count, at, at.plus(LIFE), at.plus(LIFE));
                try (ResultSet row = insert.executeQuery()) {
                    while (row.next()) {
                        sessions.add(new Session(row.getString(1), row.getString(2)));
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            update(connection, "analyze app_user, inbox, relation, user_session");
            return sessions;
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.execute();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** As the application's own: {@code at+jwt} (RFC 9068), HS256, the key named by the first bytes of its hash. */
    private List<String> tokens(List<Session> sessions, Instant now) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(("fleetman kid " + secret).getBytes(StandardCharsets.UTF_8));
        String head = base64(
                "{\"typ\":\"at+jwt\",\"kid\":\"" + HexFormat.of().formatHex(hash, 0, 6) + "\",\"alg\":\"HS256\"}");
        var tokens = new ArrayList<String>(sessions.size());
        for (Session session : sessions) {
            String signed = head + "."
                    + base64("{\"iss\":\"%s\",\"aud\":[\"%s\"],\"sub\":\"%s\",\"sid\":\"%s\",\"roles\":[\"CLIENT\"],"
                                    .formatted(issuer, audience, session.userId(), session.id())
                            + "\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                            + now.plus(LIFE).getEpochSecond() + "}");
            tokens.add(signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
        }
        return tokens;
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Moved into its place when complete, and for nobody else to read. */
    private static void write(Path file, List<String> lines) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path half = Files.createTempFile(
                directory,
                TOKENS,
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, lines);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
