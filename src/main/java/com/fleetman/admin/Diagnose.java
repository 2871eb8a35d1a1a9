package com.fleetman.admin;

import com.fleetman.contact.Contacts;
import com.fleetman.contact.Standing;
import com.fleetman.identity.AccountState;
import com.fleetman.identity.FindAccounts;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Sql;
import com.fleetman.stream.ClosedStream;
import com.fleetman.stream.StreamDirectory;
import com.fleetman.stream.StreamView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds out why a user did, or did not, get something. It reads across the features, and nothing of what was said. */
@ApplicationScoped
class Diagnose {
    private static final int STREAMS = 100;

    private final DataSource dataSource;
    private final FindAccounts accounts;
    private final StreamDirectory streams;
    private final Contacts contacts;

    @Inject
    Diagnose(DataSource dataSource, FindAccounts accounts, StreamDirectory streams, Contacts contacts) {
        this.dataSource = dataSource;
        this.accounts = accounts;
        this.streams = streams;
        this.contacts = contacts;
    }

    /**
     * What is asked after: a notification or an event; {@code from} is who should have sent it, where that is asked too.
     */
    record Question(
            @Nullable UUID notificationId,
            @Nullable Long eventSeq,
            @Nullable UUID from) {
        static Question of(@Nullable String notificationId, @Nullable String eventSeq, @Nullable String from) {
            var fields = new Fields();
            Long seq = seq(fields, eventSeq);
            if ((notificationId == null) == (eventSeq == null)) {
                fields.reject("notificationId", "exactly_one", "ask after a notificationId or an eventSeq");
            }
            fields.check();
            return new Question(
                    notificationId == null ? null : Ids.parse("notificationId", notificationId),
                    seq,
                    from == null ? null : Ids.parse("from", from));
        }

        private static @Nullable Long seq(Fields fields, @Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                long seq = Long.parseLong(text);
                if (seq > 0) {
                    return seq;
                }
            } catch (NumberFormatException e) {
                // said below, in the same words as a number that is no position
            }
            fields.reject("eventSeq", "invalid_number", "eventSeq must be a whole number from 1");
            return null;
        }
    }

    private record Found(
            Diagnosis.Told told, long seq, @Nullable String senderId) {}

    /** @throws com.fleetman.platform.Problem 404 {@code user_not_found} */
    Diagnosis why(UUID userId, Question question) {
        AccountState account = accounts.require(userId);
        streams.refresh();
        Diagnosis.Log log = log(userId);
        Optional<Found> found = notification(userId, question);
        Long seq = found.map(Found::seq).orElseGet(() -> loggedSeq(userId, question, log));
        Diagnosis.Logged event = seq == null ? null : event(userId, seq);
        Diagnosis.Sender sender = sender(userId, question, found);
        var open = new ArrayList<Diagnosis.OpenThen>();
        var closed = new ArrayList<Diagnosis.ClosedThen>();
        if (event != null) {
            Instant since = since(event, found);
            for (StreamView stream : streams.open(userId, STREAMS)) {
                open.add(new Diagnosis.OpenThen(
                        stream, Diagnosis.passage(event.seq(), stream.firstCursor(), stream.cursor())));
            }
            for (ClosedStream stream : streams.closed(userId, since, STREAMS)) {
                closed.add(new Diagnosis.ClosedThen(
                        stream, Diagnosis.passage(event.seq(), stream.firstCursor(), stream.lastCursor())));
            }
        }
        Diagnosis.Verdict verdict =
                Diagnosis.Verdict.of(event != null, sender != null && sender.blocked(), passages(open, closed));
        return new Diagnosis(
                verdict.name().toLowerCase(Locale.ROOT),
                account.active(),
                found.map(Found::told).orElse(null),
                event,
                log,
                open,
                closed,
                sender);
    }

    /** A stream that ended before it could be given the event does not wait for it any more. */
    private static List<String> passages(List<Diagnosis.OpenThen> open, List<Diagnosis.ClosedThen> closed) {
        var passages = new ArrayList<String>();
        open.forEach(stream -> passages.add(stream.passage()));
        closed.stream()
                .map(Diagnosis.ClosedThen::passage)
                .filter(passage -> !passage.equals("pending"))
                .forEach(passages::add);
        return passages;
    }

    private static Instant since(Diagnosis.Logged event, Optional<Found> found) {
        Instant logged = event.loggedAt();
        return logged != null
                ? logged
                : found.map(known -> known.told().createdAt()).orElse(Instant.EPOCH);
    }

    private Diagnosis.Log log(UUID userId) {
        return Sql.of("""
                        select last_seq, coalesce((select min(seq) from user_event e where e.user_id = i.user_id),
                                                  last_seq + 1) as first
                        from inbox i where user_id = ?""", userId)
                .one(dataSource, row -> new Diagnosis.Log(row.getLong("last_seq"), row.getLong("first")));
    }

    private Optional<Found> notification(UUID userId, Question question) {
        Sql query = Sql.of("""
                select n.*, metadata ->> 'senderId' as sender,
                       exists (select 1 from notification_mute m where m.user_id = n.user_id and m.type = n.type
                               and m.since <= n.created_at) as muted
                from notification n where user_id = ?""", userId);
        if (question.notificationId() != null) {
            query.and("id = ?", question.notificationId());
        } else {
            query.and("seq = ?", question.eventSeq());
        }
        return query.first(
                dataSource,
                row -> new Found(
                        new Diagnosis.Told(
                                Sql.id(row, "id"),
                                row.getString("type"),
                                row.getString("source"),
                                Sql.instant(row, "created_at"),
                                Sql.optionalInstant(row, "seen_at"),
                                Sql.optionalInstant(row, "read_at"),
                                Sql.optionalInstant(row, "archived_at"),
                                row.getBoolean("muted")),
                        row.getLong("seq"),
                        row.getString("sender")));
    }

    /** Where the log had it, if it ever had: an event that is no longer kept is known by its number alone. */
    private @Nullable Long loggedSeq(UUID userId, Question question, Diagnosis.Log log) {
        if (question.eventSeq() != null) {
            return question.eventSeq() <= log.lastSeq() ? question.eventSeq() : null;
        }
        return Sql.of(
                        "select seq from user_event where user_id = ? and name = '' and data like ? order by seq limit 1",
                        userId,
                        "{\"id\":\"" + question.notificationId() + "\"%")
                .first(dataSource, row -> row.getLong("seq"))
                .orElse(null);
    }

    private Diagnosis.Logged event(UUID userId, long seq) {
        return Sql.of("select name, created_at from user_event where user_id = ? and seq = ?", userId, seq)
                .first(
                        dataSource,
                        row -> new Diagnosis.Logged(seq, row.getString("name"), Sql.instant(row, "created_at"), true))
                .orElse(new Diagnosis.Logged(seq, null, null, false));
    }

    private Diagnosis.@Nullable Sender sender(UUID userId, Question question, Optional<Found> found) {
        UUID sender = question.from();
        String known = found.map(Found::senderId).orElse(null);
        if (sender == null && known != null) {
            sender = UUID.fromString(known);
        }
        if (sender == null) {
            return null;
        }
        Standing standing = contacts.standing(userId, sender);
        return new Diagnosis.Sender(sender, standing.contact(), standing.blocked(), standing.accepted());
    }
}
