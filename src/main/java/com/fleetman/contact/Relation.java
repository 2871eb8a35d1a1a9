package com.fleetman.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one user, the owner, has decided about another, the peer. Changes under the lock of the owner's inbox. */
@Entity
@Table(name = "relation")
class Relation {
    /** The owner and the peer, in this order. */
    @Embeddable
    record Pair(
            @Column(name = "owner_id") UUID ownerId,
            @Column(name = "peer_id") UUID peerId) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @EmbeddedId
    private Pair pair;

    @Column(name = "contact_since")
    private @Nullable Instant contactSince;

    @Column(name = "blocked_since")
    private @Nullable Instant blockedSince;

    @Column(name = "accepted_since")
    private @Nullable Instant acceptedSince;

    @SuppressWarnings("NullAway.Init")
    protected Relation() {}

    Relation(UUID ownerId, UUID peerId) {
        this.pair = new Pair(ownerId, peerId);
    }

    UUID ownerId() {
        return pair.ownerId();
    }

    UUID peerId() {
        return pair.peerId();
    }

    Standing standing() {
        return new Standing(contactSince != null, blockedSince != null, acceptedSince != null);
    }

    /** Applies a decision and answers whether it changed anything. */
    boolean decide(Decision decision, Instant now) {
        Standing before = standing();
        switch (decision) {
            case ADDED -> contactSince = first(contactSince, now);
            case REMOVED -> contactSince = null;
            case BLOCKED -> blockedSince = first(blockedSince, now);
            case UNBLOCKED -> blockedSince = null;
            case ACCEPTED -> acceptedSince = first(acceptedSince, now);
        }
        return !before.equals(standing());
    }

    private static Instant first(@Nullable Instant known, Instant now) {
        return known == null ? now : known;
    }

    @Nullable
    Instant contactSince() {
        return contactSince;
    }

    @Nullable
    Instant blockedSince() {
        return blockedSince;
    }
}
