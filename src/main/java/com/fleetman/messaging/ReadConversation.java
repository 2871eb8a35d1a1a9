package com.fleetman.messaging;

import com.fleetman.notification.Notifications;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Counts;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Marks a conversation as read up to a message; its notifications are dealt with by that too. */
@ApplicationScoped
@Transactional
class ReadConversation {
    private final EntityManager entities;
    private final UserLog log;
    private final Notifications notifications;
    private final Clock clock;

    @Inject
    ReadConversation(EntityManager entities, UserLog log, Notifications notifications, Clock clock) {
        this.entities = entities;
        this.log = log;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** @param unreadCount what is unread of this conversation after it */
    record Result(UUID conversationWith, int unreadCount, Counts counts) {}

    /**
     * Reads what {@code peer} wrote, up to and including a message; idempotent.
     *
     * @param upTo a message of this conversation, or empty for all of it
     * @throws Problem 404 {@code user_not_found} or {@code message_not_found}
     */
    Result read(UUID reader, UUID peer, Optional<UUID> upTo) {
        Map<UUID, Inbox> inboxes = log.lock(List.of(reader, peer));
        Inbox own = inboxes.get(reader);
        Inbox theirs = inboxes.get(peer);
        if (own == null || theirs == null) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        ConversationMember member = entities.find(ConversationMember.class, new ConversationMember.Key(reader, peer));
        if (member == null) {
            if (upTo.isPresent()) {
                throw messageNotFound();
            }
            return new Result(peer, 0, own.counts());
        }
        Message last = last(member, upTo);
        Instant now = clock.instant();
        int read = markRead(member, reader, last, now);
        if (read > 0) {
            member.read(read);
            own.addUnreadMessages(-read);
            notifications.readSubject(own, Subjects.conversation(peer, last.number()));
            log.append(own, new ChatRead(peer, reader, last.id(), now, member.unread(), own.counts()));
            log.append(theirs, new ChatRead(reader, reader, last.id(), now, unreadOf(peer, reader), theirs.counts()));
        }
        return new Result(peer, member.unread(), own.counts());
    }

    private Message last(ConversationMember member, Optional<UUID> upTo) {
        String text = upTo.isPresent()
                ? "select m from Message m where m.conversationId = :conversation and m.id = :id"
                : "select m from Message m where m.conversationId = :conversation order by m.number desc";
        var query = entities.createQuery(text, Message.class)
                .setParameter("conversation", member.conversationId())
                .setMaxResults(1);
        upTo.ifPresent(id -> query.setParameter("id", id));
        return query.getResultStream().findFirst().orElseThrow(ReadConversation::messageNotFound);
    }

    private int markRead(ConversationMember member, UUID reader, Message last, Instant now) {
        return entities.createQuery("""
                        update Message m set m.readAt = :now where m.conversationId = :conversation
                          and m.recipientId = :reader and m.number <= :number and m.readAt is null""")
                .setParameter("now", now)
                .setParameter("conversation", member.conversationId())
                .setParameter("reader", reader)
                .setParameter("number", last.number())
                .executeUpdate();
    }

    private int unreadOf(UUID user, UUID peer) {
        ConversationMember member = entities.find(ConversationMember.class, new ConversationMember.Key(user, peer));
        return member == null ? 0 : member.unread();
    }

    private static Problem messageNotFound() {
        return Problem.notFound("message_not_found", "there is no such message in this conversation");
    }
}
