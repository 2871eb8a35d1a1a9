package com.fleetman.notification;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user was told. It is unread until the user has read it, and counts as such unless it is archived;
 * seen means that it was shown in a list. What was told never changes, only these three times do; save that one that is
 * still unread may be told anew with other values.
 */
@Entity
@Table(name = "notification")
class Notification {
    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "seq")
    private long seq;

    @Column(name = "type")
    private String type;

    @Column(name = "title")
    private String title;

    @Column(name = "message")
    private String message;

    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "metadata")
    private String metadata;

    @Column(name = "action_url")
    private @Nullable String actionUrl;

    @Enumerated(EnumType.STRING)
    @Column(name = "priority")
    private Priority priority;

    @Column(name = "source")
    private String source;

    @Column(name = "dedup_key")
    private @Nullable String dedupKey;

    @Column(name = "subject")
    private @Nullable String subject;

    @Column(name = "subject_pos")
    private @Nullable Long subjectPos;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "seen_at")
    private @Nullable Instant seenAt;

    @Column(name = "read_at")
    private @Nullable Instant readAt;

    @Column(name = "archived_at")
    private @Nullable Instant archivedAt;

    @SuppressWarnings("NullAway.Init")
    protected Notification() {}

    /** @param seq the position that its event will have in the user's log */
    Notification(UUID userId, long seq, NewNotification told, String metadata, Instant now) {
        this.id = Ids.next();
        this.userId = userId;
        this.seq = seq;
        this.type = told.type();
        this.title = told.title();
        this.message = told.message();
        this.metadata = metadata;
        this.actionUrl = told.actionUrl();
        this.priority = told.priority();
        this.source = told.source();
        this.dedupKey = told.dedupKey();
        NewNotification.Subject about = told.subject();
        this.subject = about == null ? null : about.name();
        this.subjectPos = about == null ? null : about.position();
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    long seq() {
        return seq;
    }

    @Nullable
    String dedupKey() {
        return dedupKey;
    }

    /** Leaves the key to a newer notification. */
    void releaseDedupKey() {
        dedupKey = null;
    }

    /**
     * Tells the same again: it is new at the top of the list, with other values.
     *
     * @param seq the position that the event of this will have in the user's log
     */
    void renew(long seq, NewNotification told, String metadata) {
        this.seq = seq;
        this.metadata = metadata;
        this.seenAt = null;
        NewNotification.Subject about = told.subject();
        if (about != null) {
            this.subject = about.name();
            this.subjectPos = about.position();
        }
    }

    boolean isUnread() {
        return readAt == null && archivedAt == null;
    }

    /** Applies a change of state; times that were set before stay. */
    void change(StateChange change, Instant now) {
        switch (change) {
            case SEEN -> seenAt = first(seenAt, now);
            case READ -> {
                seenAt = first(seenAt, now);
                readAt = first(readAt, now);
            }
            case UNREAD -> {
                readAt = null;
                archivedAt = null;
            }
            case ARCHIVED -> {
                seenAt = first(seenAt, now);
                archivedAt = first(archivedAt, now);
            }
        }
    }

    private static Instant first(@Nullable Instant known, Instant now) {
        return known == null ? now : known;
    }

    NotificationView view() {
        return new NotificationView(
                id,
                userId,
                type,
                title,
                message,
                Json.tree(metadata),
                actionUrl,
                priority,
                source,
                createdAt,
                seenAt,
                readAt,
                archivedAt);
    }
}
