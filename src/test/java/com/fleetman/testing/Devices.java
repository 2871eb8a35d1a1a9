package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Two devices of one user, each with a session and a stream of its own. They must learn the same, in the same order, and
 * their last word on the unread counts must be what REST answers and what can be counted in the database.
 */
public final class Devices implements AutoCloseable {
    private final Account account;
    private final List<EventStream> streams;
    private long seen;

    private Devices(Account account) {
        this.account = account;
        this.seen = lastSeq();
        this.streams = List.of(
                EventStream.open(account).awaitConnected(),
                EventStream.open(account.onAnotherDevice()).awaitConnected());
    }

    /** Opens both streams; what the user was told before is not replayed. */
    public static Devices of(Account account) {
        return new Devices(account);
    }

    /** The next event of the log, once both devices have it. */
    public EventStream.Event next(String name) {
        seen++;
        streams.forEach(stream -> stream.awaitId(seen));
        EventStream.Event first = logged(streams.get(0), seen);
        assertThat(logged(streams.get(1), seen).text()).isEqualTo(first.text());
        assertThat(first.name()).as(first.text()).isEqualTo(name);
        return first;
    }

    private static EventStream.Event logged(EventStream stream, long id) {
        return stream.await(
                "id " + id, event -> event.isLogged() && String.valueOf(id).equals(event.id()));
    }

    /** Nothing was told that the test has not taken by {@link #next}: events are stored before a request is answered. */
    public void assertNothingMore() {
        assertThat(lastSeq()).as("last event of the log").isEqualTo(seen);
    }

    public List<EventStream> streams() {
        return streams;
    }

    /** Whatever was done, the counts are right: over REST, in the last event and in the rows. */
    public void assertCounts(int notifications, int messages) {
        JsonNode rest = account.get("notifications/unread-count").data();
        assertThat(rest.toString())
                .isEqualTo("{\"count\":" + notifications + ",\"counts\":{\"notifications\":" + notifications
                        + ",\"messages\":" + messages + "}}");
        assertThat(Rows.number(
                        "select count(*) from notification where user_id = ? and read_at is null and archived_at is null",
                        account.id()))
                .isEqualTo(notifications);
        assertThat(Rows.number("select count(*) from message where recipient_id = ? and read_at is null", account.id()))
                .isEqualTo(messages);
        assertThat(Rows.number(
                        "select coalesce(sum(unread), 0) from conversation_member where user_id = ?", account.id()))
                .isEqualTo(messages);
        assertThat(Rows.number("select count(*) from user_event where user_id = ?", account.id()))
                .as("a log without gaps")
                .isEqualTo(lastSeq());
    }

    private long lastSeq() {
        return Rows.number("select last_seq from inbox where user_id = ?", account.id());
    }

    @Override
    public void close() {
        streams.forEach(EventStream::close);
    }
}
