package com.fleetman.messaging;

import com.fleetman.platform.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Two users' messages to each other, numbered from 1. Changes under the locks of both inboxes. */
@Entity
@Table(name = "conversation")
class Conversation {
    @Id
    private UUID id;

    @Column(name = "low_id")
    private UUID lowId;

    @Column(name = "high_id")
    private UUID highId;

    @Column(name = "last_number")
    private long lastNumber;

    @SuppressWarnings("NullAway.Init")
    protected Conversation() {}

    private Conversation(UUID lowId, UUID highId) {
        this.id = Ids.next();
        this.lowId = lowId;
        this.highId = highId;
    }

    static Conversation between(UUID one, UUID other) {
        return new Conversation(low(one, other), high(one, other));
    }

    /** The one of two users that sorts first in PostgreSQL, which compares as the text does. */
    static UUID low(UUID one, UUID other) {
        return one.toString().compareTo(other.toString()) < 0 ? one : other;
    }

    static UUID high(UUID one, UUID other) {
        return low(one, other).equals(one) ? other : one;
    }

    UUID id() {
        return id;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    boolean isBetween(UUID one, UUID other) {
        return lowId.equals(low(one, other)) && highId.equals(high(one, other));
    }
}
