package com.fleetman.identity;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.sql.DataSource;

/**
 * Limits how often a password may be guessed, per account and per address, over all nodes. An attempt is counted before
 * the password is looked at and given back if it was right: so attempts sent at once are all counted, and a roll-back
 * of anything else cannot lose one. Every statement is a transaction of its own; call it outside any other.
 */
@ApplicationScoped
class LoginLimiter {
    private static final String COUNT = """
        insert into login_failure as f (key, failures, window_started) values (?, 1, ?)
        on conflict (key) do update set
            failures = case when f.window_started <= ? then 1 else least(f.failures, 1000000) + 1 end,
            window_started = case when f.window_started <= ? then excluded.window_started else f.window_started end
        returning failures, window_started\
        """;

    private final DataSource dataSource;
    private final Settings.Logins settings;
    private final Clock clock;

    @Inject
    LoginLimiter(DataSource dataSource, Settings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings.logins();
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @param email normalised; whether there is such an account makes no difference
     * @param address where the attempt comes from
     * @throws Problem 429 {@code too_many_attempts} with the time to wait, if there were too many in this window
     */
    void attempt(String email, String address) {
        Duration wait;
        try (Connection connection = dataSource.getConnection()) {
            Duration account = count(connection, accountKey(email), settings.perAccount());
            Duration place = count(connection, addressKey(address), settings.perAddress());
            wait = account.compareTo(place) > 0 ? account : place;
        } catch (SQLException e) {
            throw new PersistenceException("cannot count a sign-in", e);
        }
        if (wait.isPositive()) {
            throw Problem.tooManyRequests("too_many_attempts", "too many failed sign-ins; try again later", wait);
        }
    }

    /** The attempt was right: it does not count, nor do the wrong ones of this account before it. */
    void succeeded(String email, String address) {
        change("delete from login_failure where key = ?", accountKey(email));
        giveBack(addressKey(address));
    }

    /** The attempt was not made after all. */
    void withdraw(String email, String address) {
        giveBack(accountKey(email));
        giveBack(addressKey(address));
    }

    /** Counts one more and answers how long to wait, in whole seconds; zero if the attempt may be made. */
    private Duration count(Connection connection, String key, int most) throws SQLException {
        Instant now = clock.instant();
        OffsetDateTime windowBefore = now.minus(settings.window()).atOffset(ZoneOffset.UTC);
        try (PreparedStatement upsert = connection.prepareStatement(COUNT)) {
            upsert.setString(1, key);
            upsert.setObject(2, now.atOffset(ZoneOffset.UTC));
            upsert.setObject(3, windowBefore);
            upsert.setObject(4, windowBefore);
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                if (row.getInt(1) <= most) {
                    return Duration.ZERO;
                }
                Instant over =
                        row.getObject(2, OffsetDateTime.class).toInstant().plus(settings.window());
                return Duration.ofSeconds(
                        Math.max(1, Duration.between(now, over).plusMillis(999).toSeconds()));
            }
        }
    }

    private void giveBack(String key) {
        change("update login_failure set failures = failures - 1 where key = ? and failures > 0", key);
    }

    private void change(String sql, String key) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException("cannot count a sign-in", e);
        }
    }

    private static String accountKey(String email) {
        return hashed("account", email);
    }

    private static String addressKey(String address) {
        return hashed("address", address);
    }

    /** Neither e-mail nor network addresses of people who failed to sign in need to be kept. */
    private static String hashed(String kind, String value) {
        byte[] hash = RefreshToken.sha256(kind + ":" + value);
        return kind + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
