package com.fleetman.messaging;

import com.fleetman.contact.Contacts;
import com.fleetman.contact.Standing;
import com.fleetman.identity.PublicProfile;
import com.fleetman.identity.Users;
import com.fleetman.platform.Cursor;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Page;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a user's conversations and their histories. */
@ApplicationScoped
@Transactional
class Conversations {
    private static final String LIST = "conversations";
    private static final String HISTORY = "messages";
    private static final int LONGEST_SEARCH = 100;

    private final EntityManager entities;
    private final Users users;
    private final Contacts contacts;
    private final Settings.Limits limits;

    @Inject
    Conversations(EntityManager entities, Users users, Contacts contacts, Settings settings) {
        this.entities = entities;
        this.users = users;
        this.contacts = contacts;
        this.limits = settings.limits();
    }

    /** The query parameters of {@code GET /messages/conversations}, as they were sent. */
    record Filter(
            @Nullable String search,
            @Nullable String onlyContacts,
            @Nullable String cursor,
            @Nullable String limit) {}

    private record Row(UUID peer, UUID lastMessage, int unread, long activity) {}

    /** The conversations of a user, the one with the newest message first. */
    Page<ConversationView> list(UUID userId, Filter filter) {
        int limit = Page.limit(filter.limit(), limits);
        long before = Cursor.parse(LIST, 1, filter.cursor())
                .map(cursor -> cursor.number(0))
                .orElse(Long.MAX_VALUE);
        var fields = new Fields();
        String search = search(fields, filter.search());
        boolean onlyContacts =
                "true".equals(fields.oneOf("onlyContacts", filter.onlyContacts(), List.of("true", "false"), "false"));
        fields.check();
        List<Row> rows = rows(userId, before, search, onlyContacts, limit + 1);
        List<UUID> peers = rows.stream().map(Row::peer).toList();
        Map<UUID, PublicProfile> profiles = users.profiles(peers);
        Map<UUID, Standing> standings = contacts.standings(userId, peers);
        Map<UUID, Message> messages =
                messages(rows.stream().map(Row::lastMessage).toList());
        return Page.of(rows, limit, row -> Cursor.of(LIST, row.activity()), row -> {
            MessageView last = known(messages, row.lastMessage()).viewedBy(userId);
            Standing standing = known(standings, row.peer());
            return new ConversationView(
                    row.peer(),
                    known(profiles, row.peer()),
                    last,
                    last.sentAt(),
                    row.unread(),
                    standing.contact(),
                    standing.blocked(),
                    standing.accepted());
        });
    }

    private static String search(Fields fields, @Nullable String text) {
        return text == null || Fields.strip(text).isEmpty() ? "" : fields.trimmed("search", text, LONGEST_SEARCH);
    }

    private List<Row> rows(UUID userId, long before, String search, boolean onlyContacts, int most) {
        String text = "select m.peer_id, m.last_message_id, m.unread, m.activity from conversation_member m"
                + " where m.user_id = :user and m.activity < :before"
                + (search.isEmpty() ? "" : " and " + MATCHES)
                + (onlyContacts ? " and " + IS_CONTACT : "")
                + " order by m.activity desc limit :most";
        Query query = entities.createNativeQuery(text, Tuple.class)
                .setParameter("user", userId)
                .setParameter("before", before)
                .setParameter("most", most);
        if (!search.isEmpty()) {
            query.setParameter("search", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        return ((List<?>) query.getResultList())
                .stream().map(row -> row((Tuple) row)).toList();
    }

    private static final String MATCHES = """
            (exists (select 1 from app_user u where u.id = m.peer_id and u.company_name ilike :search)
               or exists (select 1 from message t where t.conversation_id = m.conversation_id
                          and t.content ilike :search))""";

    private static final String IS_CONTACT = """
            exists (select 1 from relation r
               where r.owner_id = m.user_id and r.peer_id = m.peer_id and r.contact_since is not null)""";

    private static Row row(Tuple tuple) {
        return new Row(
                tuple.get(0, UUID.class),
                tuple.get(1, UUID.class),
                ((Number) tuple.get(2)).intValue(),
                ((Number) tuple.get(3)).longValue());
    }

    private Map<UUID, Message> messages(List<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery("select m from Message m where m.id in :ids", Message.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(Message::id, Function.identity()));
    }

    private static <T> T known(Map<UUID, T> all, UUID id) {
        T one = all.get(id);
        if (one == null) {
            throw new IllegalStateException("row refers to " + id + ", which does not exist");
        }
        return one;
    }

    /**
     * The messages of a user and a peer, newest first; none if they never wrote to each other.
     *
     * @throws Problem 404 {@code user_not_found}
     */
    Page<MessageView> history(UUID userId, UUID peer, @Nullable String cursor, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        long before =
                Cursor.parse(HISTORY, 1, cursor).map(known -> known.number(0)).orElse(Long.MAX_VALUE);
        if (users.find(peer).isEmpty()) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        List<Message> rows = entities.createQuery("""
                        select m from Message m, Conversation c where m.conversationId = c.id
                          and c.lowId = :low and c.highId = :high and m.number < :before order by m.number desc""", Message.class)
                .setParameter("low", Conversation.low(userId, peer))
                .setParameter("high", Conversation.high(userId, peer))
                .setParameter("before", before)
                .setMaxResults(limit + 1)
                .getResultList();
        return Page.of(rows, limit, last -> Cursor.of(HISTORY, last.number()), message -> message.viewedBy(userId));
    }
}
