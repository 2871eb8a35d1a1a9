package com.fleetman.messaging;

import com.fleetman.contact.Contacts;
import com.fleetman.identity.User;
import com.fleetman.identity.Users;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends a message: the product's main use case. Whatever it does, it does in one transaction. */
@ApplicationScoped
@Transactional
class SendMessage {
    private static final int LONGEST_KEY = 255;
    private static final int PREVIEW = 100;

    private final EntityManager entities;
    private final UserLog log;
    private final Users users;
    private final Contacts contacts;
    private final NotifyUser notifyUser;
    private final Clock clock;

    @Inject
    SendMessage(
            EntityManager entities, UserLog log, Users users, Contacts contacts, NotifyUser notifyUser, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.users = users;
        this.contacts = contacts;
        this.notifyUser = notifyUser;
        this.clock = clock;
    }

    /** A message to be sent, checked as far as that needs no database. */
    record Command(
            UUID senderId,
            UUID recipientId,
            String content,
            @Nullable String idempotencyKey) {

        /** @throws Problem 400 {@code validation_failed}, {@code invalid_uuid} or {@code message_to_self} */
        static Command of(
                UUID senderId,
                @Nullable String recipientId,
                @Nullable String content,
                @Nullable String idempotencyKey,
                Settings.Limits limits) {
            var fields = new Fields();
            String recipient = fields.text("recipientId", recipientId, 1, 36);
            String text = fields.trimmed("content", content, limits.messageLength());
            if (idempotencyKey != null) {
                fields.text("Idempotency-Key", idempotencyKey, 1, LONGEST_KEY);
            }
            fields.check();
            UUID to = Ids.parse("recipientId", recipient);
            if (to.equals(senderId)) {
                throw Problem.badRequest("message_to_self", "a message needs somebody else as its recipient")
                        .field("recipientId");
            }
            return new Command(senderId, to, text, idempotencyKey);
        }
    }

    /**
     * Sends it, or answers what the first request with the same idempotency key was answered.
     *
     * @throws Problem 404 {@code user_not_found}, 403 as {@link Contacts#requireMayWrite}, 422
     *     {@code idempotency_key_reused} if the key belongs to another message
     */
    MessageView send(Command command) {
        Map<UUID, Inbox> inboxes = log.lock(List.of(command.senderId(), command.recipientId()));
        Optional<MessageView> before = sentBefore(command);
        if (before.isPresent()) {
            return before.get();
        }
        User sender = users.requireActive(command.senderId(), command.recipientId());
        contacts.requireMayWrite(command.senderId(), command.recipientId());
        Inbox from = inbox(inboxes, command.senderId());
        Inbox to = inbox(inboxes, command.recipientId());

        Message message = new Message(conversation(command), command, clock.instant());
        Map<UUID, ConversationMember> members = members(command);
        entities.persist(message);
        to.addUnreadMessages(1);
        notifyUser.notify(to, notification(message, sender, command));
        tell(to, command.senderId(), members, message);
        tell(from, command.recipientId(), members, message);
        return message.asSent();
    }

    /** Both inboxes are held, so a concurrent request with the same key is either done or has not begun. */
    private Optional<MessageView> sentBefore(Command command) {
        if (command.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Message> known = entities.createQuery(
                        "select m from Message m where m.senderId = :sender and m.idempotencyKey = :key", Message.class)
                .setParameter("sender", command.senderId())
                .setParameter("key", command.idempotencyKey())
                .getResultStream()
                .findFirst();
        if (known.isPresent() && !known.get().isResultOf(command)) {
            throw Problem.of(422, "idempotency_key_reused", "this Idempotency-Key belongs to another message");
        }
        return known.map(Message::asSent);
    }

    private Conversation conversation(Command command) {
        UUID low = Conversation.low(command.senderId(), command.recipientId());
        UUID high = Conversation.high(command.senderId(), command.recipientId());
        return entities.createQuery(
                        "select c from Conversation c where c.lowId = :low and c.highId = :high", Conversation.class)
                .setParameter("low", low)
                .setParameter("high", high)
                .getResultStream()
                .findFirst()
                .orElseGet(() -> {
                    Conversation opened = Conversation.between(low, high);
                    entities.persist(opened);
                    return opened;
                });
    }

    private static NewNotification notification(Message message, User sender, Command command) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("messageId", message.id());
        metadata.put("senderId", sender.id());
        metadata.put("senderName", sender.companyName());
        metadata.put("messagePreview", preview(command.content()));
        metadata.put("conversationWith", sender.id());
        return NewNotification.of(
                        "NEW_MESSAGE",
                        "notification.message.received",
                        "notification.message.received.description",
                        metadata)
                .leadingTo("/messages/conversations/" + sender.id())
                .from("MESSAGING")
                .about(Subjects.conversation(sender.id(), message.number()));
    }

    /** The first characters, never half of one that takes two UTF-16 units. */
    static String preview(String content) {
        return content.codePointCount(0, content.length()) <= PREVIEW
                ? content
                : content.substring(0, content.offsetByCodePoints(0, PREVIEW));
    }

    /** The conversation as its two users have it in their lists, by user; empty before its first message. */
    private Map<UUID, ConversationMember> members(Command command) {
        return entities.createQuery("""
                        select m from ConversationMember m where m.key.userId = :one and m.key.peerId = :other
                          or m.key.userId = :other and m.key.peerId = :one""", ConversationMember.class)
                .setParameter("one", command.senderId())
                .setParameter("other", command.recipientId())
                .getResultStream()
                .collect(Collectors.toMap(ConversationMember::userId, Function.identity()));
    }

    /** Shows the message at the top of one user's list and on all of that user's devices. */
    private void tell(Inbox inbox, UUID peer, Map<UUID, ConversationMember> members, Message message) {
        ConversationMember known = members.get(inbox.userId());
        ConversationMember member = known != null ? known : new ConversationMember(inbox.userId(), peer, message);
        member.show(message, inbox.nextSeq());
        if (known == null) {
            entities.persist(member);
        }
        log.append(inbox, new ChatMessage(message.viewedBy(inbox.userId()), peer, member.unread(), inbox.counts()));
    }

    private static Inbox inbox(Map<UUID, Inbox> inboxes, UUID userId) {
        Inbox inbox = inboxes.get(userId);
        if (inbox == null) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        return inbox;
    }
}
