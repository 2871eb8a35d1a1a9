package com.fleetman.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Says which sessions are alive. Plain JDBC, one statement each: callable from any thread, with or without a
 * transaction.
 */
@ApplicationScoped
public class SessionDirectory {
    private static final String ALIVE = """
         from user_session s join app_user u on u.id = s.user_id
        where s.ended_at is null and s.expires_at > ? and u.status = 'ACTIVE'\
        """;

    private final DataSource dataSource;
    private final Clock clock;

    @Inject
    SessionDirectory(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** The user of a live session and what the user may do now. */
    record Standing(UUID userId, Set<String> roles) {}

    /**
     * Those of the sessions that neither ended nor expired and whose user is active.
     *
     * @return by session id the {@code exp} of the newest access token that was issued for it, which may be past
     * @throws PersistenceException if the database cannot say
     */
    public Map<UUID, Instant> live(Collection<UUID> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        String sql = "select s.id, s.access_expires_at" + ALIVE + " and s.id = any(?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, now());
            query.setArray(2, connection.createArrayOf("uuid", sessionIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                var live = new HashMap<UUID, Instant>();
                while (row.next()) {
                    live.put(
                            row.getObject(1, UUID.class),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
                return live;
            }
        } catch (SQLException e) {
            throw new PersistenceException("cannot look up sessions", e);
        }
    }

    /**
     * Who a session belongs to, if it is alive.
     *
     * @throws PersistenceException if the database cannot say
     */
    Optional<Standing> standing(UUID sessionId) {
        String sql = "select u.id, u.roles" + ALIVE + " and s.id = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, now());
            query.setObject(2, sessionId);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Standing(row.getObject(1, UUID.class), Roles.parse(row.getString(2))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new PersistenceException("cannot look up a session", e);
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
