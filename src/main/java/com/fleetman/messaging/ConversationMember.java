package com.fleetman.messaging;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** A conversation as one of its two users has it in the list: the last message, and how many are unread. */
@Entity
@Table(name = "conversation_member")
class ConversationMember {
    /** The user whose list it is, and whom the conversation is with. */
    @Embeddable
    record Key(
            @Column(name = "user_id") UUID userId,
            @Column(name = "peer_id") UUID peerId) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @EmbeddedId
    private Key key;

    @Column(name = "conversation_id")
    private UUID conversationId;

    @Column(name = "last_message_id")
    private UUID lastMessageId;

    @Column(name = "activity")
    private long activity;

    @Column(name = "unread")
    private int unread;

    @SuppressWarnings("NullAway.Init")
    protected ConversationMember() {}

    ConversationMember(UUID userId, UUID peerId, Message message) {
        this.key = new Key(userId, peerId);
        this.conversationId = message.conversationId();
        this.lastMessageId = message.id();
    }

    UUID userId() {
        return key.userId();
    }

    UUID conversationId() {
        return conversationId;
    }

    int unread() {
        return unread;
    }

    /** @param seq the position in this user's log from which the conversation stands at the top of the list */
    void show(Message message, long seq) {
        lastMessageId = message.id();
        activity = seq;
        if (message.recipientId().equals(key.userId())) {
            unread++;
        }
    }

    /** @param messages how many of the unread messages were read */
    void read(int messages) {
        unread -= messages;
    }
}
