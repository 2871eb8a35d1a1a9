package com.fleetman.stream;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a user's log: written once, read by every connection that is behind it, dropped after the retention. */
@Entity
@Table(name = "user_event")
class LoggedEvent {
    /** A user and a position in that user's log. */
    @Embeddable
    record Position(
            @Column(name = "user_id") UUID userId,
            @Column(name = "seq") long seq) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @EmbeddedId
    @SuppressWarnings("UnusedVariable")
    private Position position;

    @Column(name = "name")
    private String name;

    @Column(name = "data")
    private String data;

    @Column(name = "created_at")
    private Instant createdAt;

    /** Of the span that appended it (W3C Trace Context); null if it is not traced. */
    @Column(name = "traceparent")
    private @Nullable String traceparent;

    @SuppressWarnings("NullAway.Init")
    protected LoggedEvent() {}

    LoggedEvent(UUID userId, long seq, String name, String data, Instant createdAt, @Nullable String traceparent) {
        this.position = new Position(userId, seq);
        this.name = name;
        this.data = data;
        this.createdAt = createdAt;
        this.traceparent = traceparent;
    }
}
