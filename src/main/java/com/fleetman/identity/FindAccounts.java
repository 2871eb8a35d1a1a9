package com.fleetman.identity;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds accounts for administrators, in order of their companies' names without regard to case and accents. */
@ApplicationScoped
@Transactional
public class FindAccounts {
    private static final String KIND = "accounts";
    private static final int LONGEST_TERM = 254;
    private static final List<String> FLAGS = List.of("true", "false");

    private final EntityManager entities;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    FindAccounts(EntityManager entities, Settings settings, Clock clock) {
        this.entities = entities;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /**
     * The query parameters of {@code GET /admin/users}, as they were sent.
     *
     * @param search in the e-mail address or in the company's name
     */
    public record Filter(
            @Nullable String search,
            @Nullable String email,
            @Nullable String company,
            @Nullable String type,
            @Nullable String role,
            @Nullable String active,
            @Nullable String cursor,
            @Nullable String limit) {
        @Override
        public String toString() {
            return "Filter";
        }
    }

    /**
     * @throws com.fleetman.platform.Problem 400 {@code validation_failed}, {@code invalid_limit} or {@code
     *     invalid_cursor}
     */
    public Page<AccountState> find(Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        Optional<Cursor> after = Cursor.parse(KIND, 2, filter.cursor());
        var conditions = new LinkedHashMap<String, Map<String, Object>>();
        conditions(filter, conditions);
        after.ifPresent(cursor -> conditions.put(
                "u.companyKey >= :name and (u.companyKey > :name or u.id > :id)",
                Map.of("name", cursor.text(0), "id", cursor.id(1))));
        var text = new StringBuilder("select u from User u where 1 = 1");
        conditions.keySet().forEach(condition -> text.append(" and ").append(condition));
        TypedQuery<User> query = entities.createQuery(
                        text.append(" order by u.companyKey, u.id").toString(), User.class)
                .setMaxResults(limit + 1);
        conditions.values().forEach(values -> values.forEach(query::setParameter));
        return Page.of(
                query.getResultList(), limit, user -> Cursor.of(KIND, user.companyKey(), user.id()), AccountState::of);
    }

    private static void conditions(Filter filter, Map<String, Map<String, Object>> conditions) {
        var fields = new Fields();
        fields.optional("search", filter.search(), LONGEST_TERM)
                .ifPresent(term -> conditions.put(
                        "(u.companyKey like :key escape '\\' or u.email like :address escape '\\')",
                        Map.of("key", company(term), "address", address(term))));
        fields.optional("email", filter.email(), LONGEST_TERM)
                .ifPresent(term -> conditions.put("u.email like :email escape '\\'", Map.of("email", address(term))));
        fields.optional("company", filter.company(), LONGEST_TERM)
                .ifPresent(term ->
                        conditions.put("u.companyKey like :company escape '\\'", Map.of("company", company(term))));
        UserType type = filter.type() == null ? null : fields.oneOf("type", filter.type(), UserType.class, null);
        if (type != null) {
            conditions.put("u.type = :type", Map.of("type", type));
        }
        UserType role = filter.role() == null ? null : fields.oneOf("role", filter.role(), UserType.class, null);
        if (role != null) {
            conditions.put(
                    "concat(',', cast(u.roles as string), ',') like :role", Map.of("role", "%," + role.name() + ",%"));
        }
        if (filter.active() != null) {
            boolean active =
                    fields.oneOf("active", filter.active(), FLAGS, "true").equals("true");
            conditions.put("u.status = :status", Map.of("status", active ? UserStatus.ACTIVE : UserStatus.DEACTIVATED));
        }
        fields.check();
    }

    private static String company(String term) {
        return DiscoverUsers.containing(User.searchKey(term));
    }

    private static String address(String term) {
        return DiscoverUsers.containing(term.toLowerCase(Locale.ROOT));
    }

    /** @throws com.fleetman.platform.Problem 404 {@code user_not_found} */
    public AccountState require(UUID userId) {
        User user = entities.find(User.class, userId);
        if (user == null) {
            throw Users.notFound();
        }
        return AccountState.of(user);
    }

    /** The sign-ins of an account that are alive, the newest first. */
    public List<AccountSession> sessions(UUID userId) {
        require(userId);
        return entities.createQuery("""
                        select new com.fleetman.identity.AccountSession(s.id, s.createdAt, s.accessExpiresAt, s.expiresAt)
                        from UserSession s where s.userId = :user and s.endedAt is null and s.expiresAt > :now
                        order by s.createdAt desc, s.id desc""", AccountSession.class)
                .setParameter("user", userId)
                .setParameter("now", clock.instant())
                .getResultList();
    }
}
