package com.fleetman.admin;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What an administrator's orders with an {@code Idempotency-Key} have in common: a key stands for one order, for good. */
final class IdempotencyKeys {
    private static final int LONGEST = 255;

    private IdempotencyKeys() {}

    private record Known(UUID id, String fingerprint) {
        static Known of(ResultSet row) throws SQLException {
            return new Known(Sql.id(row, "id"), row.getString("fingerprint"));
        }
    }

    /**
     * What was made by the order that has the key. Orders with the same key wait for each other until the caller's
     * transaction ends.
     *
     * @param query selects {@code id} and {@code fingerprint} by the actor's id and the key
     * @param fingerprint of the order that comes with the key now
     * @throws Problem 400 {@code validation_failed} if the key is too long; 422 {@code idempotency_key_reused} if it
     *     belongs to another order
     */
    static Optional<UUID> taken(DataSource dataSource, String query, UUID actor, String key, String fingerprint) {
        var fields = new Fields();
        fields.text("Idempotency-Key", key, 1, LONGEST);
        fields.check();
        Sql.of("select cast(pg_advisory_xact_lock(hashtextextended(?, 7)) as text)", actor + " " + key)
                .one(dataSource, row -> true);
        Optional<Known> known = Sql.of(query, actor, key).first(dataSource, Known::of);
        if (known.isPresent() && !known.get().fingerprint().equals(fingerprint)) {
            throw Problem.of(422, "idempotency_key_reused", "this Idempotency-Key belongs to another notification");
        }
        return known.map(Known::id);
    }

    /** SHA-256 of what was ordered, in hexadecimal digits. */
    static String fingerprint(Object... parts) {
        var text = new StringBuilder();
        for (Object part : parts) {
            text.append(Json.write(part));
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
