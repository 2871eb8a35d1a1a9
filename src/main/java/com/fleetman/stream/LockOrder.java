package com.fleetman.stream;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The inboxes that the current transaction holds. It refuses to take one that sorts before one already held: two
 * transactions doing that crosswise would wait for each other for ever, which is a mistake of the caller to be found
 * by its first test and not by chance in production.
 */
@TransactionScoped
class LockOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As text, which sorts like PostgreSQL's uuid (java.util.UUID compares signed). */
    private final TreeSet<String> held = new TreeSet<>();

    /** Those of the users whose inboxes are not held yet; from now on they count as held. */
    List<UUID> take(Collection<UUID> userIds) {
        var wanted = new TreeSet<String>();
        userIds.forEach(id -> wanted.add(id.toString()));
        wanted.removeAll(held);
        if (!wanted.isEmpty() && !held.isEmpty() && wanted.first().compareTo(held.last()) < 0) {
            throw new IllegalStateException("inboxes must be locked in one call: " + wanted.first() + " after " + held);
        }
        held.addAll(wanted);
        return wanted.stream().map(UUID::fromString).toList();
    }
}
