package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts as other features see them. */
@ApplicationScoped
@Transactional
public class Users {
    private final EntityManager entities;

    @Inject
    Users(EntityManager entities) {
        this.entities = entities;
    }

    /** The account, active or not. */
    public Optional<User> find(UUID id) {
        return Optional.ofNullable(entities.find(User.class, id));
    }

    /** The profiles of those of the users that exist, active or not, by their id. */
    public Map<UUID, PublicProfile> profiles(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select u from User u where u.id in :ids", User.class)
                .setParameter("ids", Set.copyOf(ids))
                .getResultStream()
                .map(PublicProfile::of)
                .collect(Collectors.toMap(PublicProfile::id, Function.identity()));
    }

    /**
     * The account, if it is in use.
     *
     * @throws Problem 404 {@code user_not_found} if there is none or it is deactivated
     */
    public User requireActive(UUID id) {
        return find(id).filter(User::isActive).orElseThrow(Users::notFound);
    }

    /**
     * An account that must be in use, as another one must; both are looked up in one query.
     *
     * @throws Problem 404 {@code user_not_found} if one of them does not exist or is deactivated
     */
    public User requireActive(UUID id, UUID other) {
        Map<UUID, User> active = entities.createQuery(
                        "select u from User u where u.id = :id or u.id = :other", User.class)
                .setParameter("id", id)
                .setParameter("other", other)
                .getResultStream()
                .filter(User::isActive)
                .collect(Collectors.toMap(User::id, Function.identity()));
        User found = active.get(id);
        if (found == null || !active.containsKey(other)) {
            throw notFound();
        }
        return found;
    }

    static Problem notFound() {
        return Problem.notFound("user_not_found", "there is no such user");
    }
}
