package com.fleetman.identity;

import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Many users at once: who is to be told something. In the caller's transaction, if there is one. */
@ApplicationScoped
public class ActiveUsers {
    private final DataSource dataSource;

    @Inject
    ActiveUsers(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Whom to look for.
     *
     * @param role null for every role
     * @param since accounts made after this are left out, so that the answer does not grow while it is worked through
     */
    public record Group(@Nullable UserType role, Instant since) {
        private Sql restrict(Sql query) {
            query.and("status = 'ACTIVE' and created_at <= ?", since);
            return role == null ? query : query.and("',' || roles || ',' like ?", "%," + role.name() + ",%");
        }
    }

    public int count(Group group) {
        return group.restrict(Sql.of("select count(*) from app_user where true"))
                .one(dataSource, row -> row.getInt(1));
    }

    /** The next of a group in the order of the database. */
    public List<UUID> after(Group group, UUID last, int limit) {
        return group.restrict(Sql.of("select id from app_user where id > ?", last))
                .then(" order by id limit ?", limit)
                .list(dataSource, row -> Sql.id(row, "id"));
    }

    /** The next of some users that are active, in the order of the database. */
    public List<UUID> after(Collection<UUID> users, UUID last, int limit) {
        return Sql.of("select id from app_user where id = any(?) and id > ? and status = 'ACTIVE'", users, last)
                .then(" order by id limit ?", limit)
                .list(dataSource, row -> Sql.id(row, "id"));
    }

    /** Those of the users that exist, and whether each is active. */
    public Map<UUID, Boolean> known(Collection<UUID> users) {
        var known = new HashMap<UUID, Boolean>();
        Sql.of("select id, status = 'ACTIVE' as active from app_user where id = any(?)", users)
                .list(dataSource, row -> known.put(Sql.id(row, "id"), row.getBoolean("active")));
        return known;
    }

    /** The users of those e-mail addresses that have an account, by the address as accounts have it. */
    public Map<String, UUID> byEmail(Collection<String> emails) {
        var known = new HashMap<String, UUID>();
        Sql.of(
                        "select id, email from app_user where email = any(string_to_array(?, chr(10)))",
                        String.join("\n", emails))
                .list(dataSource, row -> known.put(row.getString("email"), Sql.id(row, "id")));
        return known;
    }

    /** An e-mail address as accounts have it. */
    public static String normalised(String email) {
        return EmailAddress.normalise(email);
    }
}
