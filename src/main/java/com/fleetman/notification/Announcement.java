package com.fleetman.notification;

import com.fleetman.identity.UserType;
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

/** A notification to everybody, or to everybody of one type, that was there when it was made. It never changes. */
@Entity
@Table(name = "announcement")
class Announcement {
    /** Its place among all of them: whoever has number 7 has, or needs, no older one. */
    @Id
    private long number;

    private UUID id;

    @Enumerated(EnumType.STRING)
    private @Nullable UserType audience;

    private String type;

    private String title;

    private String message;

    @ColumnTransformer(write = "cast(? as jsonb)")
    private String metadata;

    @Column(name = "action_url")
    private @Nullable String actionUrl;

    @Enumerated(EnumType.STRING)
    private Priority priority;

    private String source;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Announcement() {}

    Announcement(long number, @Nullable UserType audience, NewNotification told, String metadata, Instant now) {
        this.number = number;
        this.id = Ids.next();
        this.audience = audience;
        this.type = told.type();
        this.title = told.title();
        this.message = told.message();
        this.metadata = metadata;
        this.actionUrl = told.actionUrl();
        this.priority = told.priority();
        this.source = told.source();
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    long number() {
        return number;
    }

    boolean isFor(UserType type) {
        return audience == null || audience == type;
    }

    /** The copy of one user, dated as the announcement was. */
    Notification copy(UUID userId, long seq) {
        var told =
                new NewNotification(type, title, message, java.util.Map.of(), actionUrl, priority, source, null, null);
        return new Notification(userId, seq, told, metadata, createdAt);
    }

    AnnouncementView view() {
        return new AnnouncementView(
                id, audience, type, title, message, Json.tree(metadata), actionUrl, priority, source, createdAt);
    }
}
