package com.fleetman.messaging;

import com.fleetman.platform.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one user wrote to another. Its text never changes; its recipient reads it once. */
@Entity
@Table(name = "message")
class Message {
    @Id
    private UUID id;

    @Column(name = "conversation_id")
    private UUID conversationId;

    @Column(name = "number")
    private long number;

    @Column(name = "sender_id")
    private UUID senderId;

    @Column(name = "recipient_id")
    private UUID recipientId;

    @Column(name = "content")
    private String content;

    @Column(name = "sent_at")
    private Instant sentAt;

    @Column(name = "read_at")
    private @Nullable Instant readAt;

    @Column(name = "idempotency_key")
    private @Nullable String idempotencyKey;

    @SuppressWarnings("NullAway.Init")
    protected Message() {}

    Message(Conversation conversation, SendMessage.Command command, Instant now) {
        this.id = Ids.next();
        this.conversationId = conversation.id();
        this.number = conversation.nextNumber();
        this.senderId = command.senderId();
        this.recipientId = command.recipientId();
        this.content = command.content();
        this.sentAt = now;
        this.idempotencyKey = command.idempotencyKey();
    }

    UUID id() {
        return id;
    }

    UUID conversationId() {
        return conversationId;
    }

    long number() {
        return number;
    }

    UUID recipientId() {
        return recipientId;
    }

    /** Whether it is what the command asks for, so that a retry of it may be answered with this message. */
    boolean isResultOf(SendMessage.Command command) {
        return recipientId.equals(command.recipientId()) && content.equals(command.content());
    }

    MessageView viewedBy(UUID viewer) {
        return new MessageView(
                id, senderId, recipientId, content, sentAt, readAt, viewer.equals(senderId) ? recipientId : senderId);
    }

    /** As it was when it had just been sent: what every retry of the request is answered. */
    MessageView asSent() {
        return new MessageView(id, senderId, recipientId, content, sentAt, null, recipientId);
    }
}
