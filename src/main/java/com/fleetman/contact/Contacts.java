package com.fleetman.contact;

import com.fleetman.identity.PublicProfile;
import com.fleetman.identity.Users;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes users' decisions about each other and answers what follows from them. */
@ApplicationScoped
@Transactional
public class Contacts {
    private final EntityManager entities;
    private final UserLog log;
    private final Users users;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    Contacts(EntityManager entities, UserLog log, Users users, Settings settings, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.users = users;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /** How {@code owner} stands to {@code peer}; all false if nothing was ever decided. */
    public Standing standing(UUID owner, UUID peer) {
        return find(owner, peer).map(Relation::standing).orElse(Standing.NONE);
    }

    /** How {@code owner} stands to each of the peers; complete. */
    public Map<UUID, Standing> standings(UUID owner, Collection<UUID> peers) {
        var standings = new HashMap<UUID, Standing>();
        peers.forEach(peer -> standings.put(peer, Standing.NONE));
        if (!peers.isEmpty()) {
            entities.createQuery(
                            "select r from Relation r where r.pair.ownerId = :owner and r.pair.peerId in :peers",
                            Relation.class)
                    .setParameter("owner", owner)
                    .setParameter("peers", List.copyOf(peers))
                    .getResultList()
                    .forEach(relation -> standings.put(relation.peerId(), relation.standing()));
        }
        return standings;
    }

    /**
     * Checks that {@code sender} may write to {@code recipient}: a block wins, whoever made it; otherwise it takes a
     * contact or an accepted chat of the sender.
     *
     * @throws Problem 403 {@code blocked}, {@code you_blocked_them} or {@code not_a_contact}
     */
    public void requireMayWrite(UUID sender, UUID recipient) {
        Map<UUID, Standing> between = between(sender, recipient);
        if (between.getOrDefault(recipient, Standing.NONE).blocked()) {
            throw Problem.forbidden("blocked", "the recipient does not take messages from you");
        }
        Standing own = between.getOrDefault(sender, Standing.NONE);
        if (own.blocked()) {
            throw Problem.forbidden("you_blocked_them", "you have blocked the recipient; unblock them first");
        }
        if (!own.contact() && !own.accepted()) {
            throw Problem.forbidden(
                    "not_a_contact", "only contacts and those whose chat you have accepted can be written to");
        }
    }

    /** How each of two users stands to the other, by user; who never decided anything is left out. One query. */
    private Map<UUID, Standing> between(UUID one, UUID other) {
        return entities.createQuery("""
                        select r from Relation r where r.pair.ownerId = :one and r.pair.peerId = :other
                          or r.pair.ownerId = :other and r.pair.peerId = :one""", Relation.class)
                .setParameter("one", one)
                .setParameter("other", other)
                .getResultStream()
                .collect(Collectors.toMap(Relation::ownerId, Relation::standing));
    }

    /**
     * Takes a decision. Idempotent: deciding the same again changes nothing and tells nobody.
     *
     * @throws Problem 400 {@code not_yourself}, 404 {@code user_not_found}, 409 {@code too_many_contacts}
     */
    Decided decide(UUID owner, UUID peer, Decision decision) {
        if (owner.equals(peer)) {
            throw Problem.badRequest("not_yourself", "this is your own account").field("userId");
        }
        Inbox inbox = log.lock(owner);
        Optional<Relation> known = find(owner, peer);
        if (decision == Decision.REMOVED || decision == Decision.UNBLOCKED) {
            if (known.isEmpty() && users.find(peer).isEmpty()) {
                throw Problem.notFound("user_not_found", "there is no such user");
            }
        } else {
            users.requireActive(peer);
        }
        if (decision == Decision.ADDED) {
            requireRoom(owner, known);
        }
        Relation relation = known.orElseGet(() -> new Relation(owner, peer));
        if (relation.decide(decision, clock.instant())) {
            if (known.isEmpty()) {
                entities.persist(relation);
            }
            tell(inbox, peer, decision, relation.standing());
        }
        Standing now = relation.standing();
        return new Decided(peer, now.contact(), now.blocked(), now.accepted());
    }

    /**
     * Accepts a chat from somebody who need not be a contact; from then on the owner may write to them.
     *
     * @throws Problem 400 {@code not_yourself}, 404 {@code user_not_found}
     */
    public Decided accept(UUID owner, UUID peer) {
        return decide(owner, peer, Decision.ACCEPTED);
    }

    private void tell(Inbox inbox, UUID peer, Decision decision, Standing now) {
        PublicProfile profile = users.profiles(List.of(peer)).get(peer);
        if (profile == null) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        log.append(
                inbox,
                new ContactChanged(
                        decision.code(), peer, profile, now.contact(), now.blocked(), now.accepted(), inbox.counts()));
    }

    private void requireRoom(UUID owner, Optional<Relation> known) {
        if (known.isPresent() && known.get().standing().contact()) {
            return;
        }
        long count = entities.createQuery(
                        "select count(r) from Relation r where r.pair.ownerId = :owner and r.contactSince is not null",
                        Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
        if (count >= limits.contacts()) {
            throw Problem.conflict("too_many_contacts", "a user can have at most " + limits.contacts() + " contacts");
        }
    }

    private Optional<Relation> find(UUID owner, UUID peer) {
        return Optional.ofNullable(entities.find(Relation.class, new Relation.Pair(owner, peer)));
    }
}
