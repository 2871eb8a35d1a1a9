package com.fleetman.contact;

import com.fleetman.identity.PublicProfile;
import com.fleetman.identity.Users;
import com.fleetman.platform.Cursor;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a user's contacts and blocked users, in the order in which they were made. */
@ApplicationScoped
@Transactional
class ListContacts {
    private static final UUID FIRST = new UUID(0, 0);

    private final EntityManager entities;
    private final Users users;
    private final Settings.Limits limits;

    @Inject
    ListContacts(EntityManager entities, Users users, Settings settings) {
        this.entities = entities;
        this.users = users;
        this.limits = settings.limits();
    }

    Page<ContactView> contacts(UUID owner, @Nullable String cursor, @Nullable String limit) {
        return list("contacts", "contactSince", Relation::contactSince, owner, cursor, Page.limit(limit, limits));
    }

    Page<ContactView> blocked(UUID owner, @Nullable String cursor, @Nullable String limit) {
        return list("blocked", "blockedSince", Relation::blockedSince, owner, cursor, Page.limit(limit, limits));
    }

    /**
     * How the owner stands to any user, active or not; {@code since} is when they became a contact.
     *
     * @throws Problem 404 {@code user_not_found}
     */
    ContactView find(UUID owner, UUID peer) {
        PublicProfile profile = users.profiles(List.of(peer)).get(peer);
        if (profile == null) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        Relation relation = entities.find(Relation.class, new Relation.Pair(owner, peer));
        Standing standing = relation == null ? Standing.NONE : relation.standing();
        return new ContactView(
                peer,
                profile,
                relation == null ? null : relation.contactSince(),
                standing.contact(),
                standing.blocked(),
                standing.accepted());
    }

    /** One row of the list: the relation, and since when. */
    private record Row(Relation relation, Instant since) {}

    private Page<ContactView> list(
            String kind,
            String field,
            Function<Relation, @Nullable Instant> since,
            UUID owner,
            @Nullable String cursor,
            int limit) {
        Cursor after = Cursor.parse(kind, 2, cursor).orElse(Cursor.of(kind, 0, FIRST));
        List<Row> rows = entities
                .createQuery(
                        "select r from Relation r where r.pair.ownerId = :owner and r." + field
                                + " is not null and (r." + field + " > :since or r." + field
                                + " = :since and r.pair.peerId > :peer) order by r." + field + ", r.pair.peerId",
                        Relation.class)
                .setParameter("owner", owner)
                .setParameter("since", instant(after.number(0)))
                .setParameter("peer", after.id(1))
                .setMaxResults(limit + 1)
                .getResultList()
                .stream()
                .map(relation -> new Row(relation, java.util.Objects.requireNonNull(since.apply(relation))))
                .toList();
        Map<UUID, PublicProfile> profiles =
                users.profiles(rows.stream().map(row -> row.relation().peerId()).toList());
        return Page.of(
                rows,
                limit,
                row -> Cursor.of(kind, micros(row.since()), row.relation().peerId()),
                row -> view(row, profiles));
    }

    private static ContactView view(Row row, Map<UUID, PublicProfile> profiles) {
        UUID peer = row.relation().peerId();
        Standing standing = row.relation().standing();
        return new ContactView(
                peer,
                java.util.Objects.requireNonNull(profiles.get(peer)),
                row.since(),
                standing.contact(),
                standing.blocked(),
                standing.accepted());
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
