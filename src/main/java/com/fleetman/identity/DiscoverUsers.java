package com.fleetman.identity;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds other companies by name, in order of their names without regard to case and accents. */
@ApplicationScoped
@Transactional
class DiscoverUsers {
    private static final String KIND = "users";
    private static final int LONGEST_TERM = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private final EntityManager entities;
    private final Settings.Limits limits;

    @Inject
    DiscoverUsers(EntityManager entities, Settings settings) {
        this.entities = entities;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /users/discover}, as they were sent. */
    record Search(
            @Nullable String searchTerm,
            @Nullable String type,
            @Nullable String cursor,
            @Nullable String limit) {}

    private enum Kind {
        CLIENT,
        PROVIDER
    }

    /**
     * Active users other than the caller and administrators.
     *
     * @throws Problem 400 {@code validation_failed}, {@code invalid_limit} or {@code invalid_cursor}
     */
    public Page<PublicProfile> find(UUID caller, Search search) {
        int limit = Page.limit(search.limit(), limits);
        Optional<Cursor> after = Cursor.parse(KIND, 2, search.cursor());
        var fields = new Fields();
        String term = term(fields, search.searchTerm());
        List<UserType> types = types(fields, search.type());
        fields.check();
        TypedQuery<User> query = entities.createQuery("""
            select u from User u
            where u.status = com.fleetman.identity.UserStatus.ACTIVE and u.type in :types and u.id <> :caller
              and u.companyKey like :pattern escape '\\'
              and u.companyKey >= :name and (u.companyKey > :name or u.id > :id)
            order by u.companyKey, u.id\
            """, User.class)
                .setParameter("types", types)
                .setParameter("caller", caller)
                .setParameter("pattern", containing(User.searchKey(term)))
                .setParameter("name", after.map(cursor -> cursor.text(0)).orElse(""))
                .setParameter("id", after.map(cursor -> cursor.id(1)).orElse(FIRST))
                .setMaxResults(limit + 1);
        return Page.of(
                query.getResultList(), limit, user -> Cursor.of(KIND, user.companyKey(), user.id()), PublicProfile::of);
    }

    private static String term(Fields fields, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        if (text.codePoints().anyMatch(point -> point < ' ' || Character.getType(point) == Character.SURROGATE)) {
            fields.reject("searchTerm", "control_character", "searchTerm must not contain control characters");
        }
        return fields.trimmed("searchTerm", text, LONGEST_TERM);
    }

    private static List<UserType> types(Fields fields, @Nullable String text) {
        if (text == null) {
            return List.of(UserType.CLIENT, UserType.PROVIDER);
        }
        Kind kind = fields.oneOf("type", text, Kind.class, null);
        return List.of(kind == Kind.PROVIDER ? UserType.PROVIDER : UserType.CLIENT);
    }

    /** A LIKE pattern for texts with the term in them, taken literally. */
    static String containing(String term) {
        return "%" + term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
