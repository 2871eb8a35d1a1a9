package com.fleetman.stream;

import com.fleetman.platform.Cursor;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Who is connected where, over all nodes, for administrators. */
@ApplicationScoped
public class StreamDirectory {
    private static final String KIND = "streams";

    private final StreamJournal journal;
    private final DataSource dataSource;
    private final Settings.Limits limits;

    @Inject
    StreamDirectory(StreamJournal journal, DataSource dataSource, Settings settings) {
        this.journal = journal;
        this.dataSource = dataSource;
        this.limits = settings.limits();
    }

    /** Writes down what this node knows, so that its own streams are shown as they are. Not in a transaction. */
    public void refresh() {
        journal.flush(true);
    }

    /**
     * The open streams, the newest first.
     *
     * @param node name of a node, null for all
     */
    public Page<StreamView> list(
            @Nullable UUID userId, @Nullable String node, @Nullable String cursor, @Nullable String limitText) {
        int limit = Page.limit(limitText, limits);
        Optional<Cursor> after = Cursor.parse(KIND, 1, cursor);
        Sql query = Sql.of(StreamView.QUERY);
        if (userId != null) {
            query.and("s.user_id = ?", userId);
        }
        if (node != null) {
            query.and("n.name = ?", node);
        }
        after.ifPresent(last -> query.and("s.id < ?", last.id(0)));
        List<StreamView> rows =
                query.then(" order by s.id desc limit ?", limit + 1).list(dataSource, StreamView::of);
        return Page.of(rows, limit, last -> Cursor.of(KIND, last.id()), stream -> stream);
    }

    /** The open streams of a user, the newest first, at most so many. */
    public List<StreamView> open(UUID userId, int most) {
        return Sql.of(StreamView.QUERY)
                .and("s.user_id = ?", userId)
                .then(" order by s.id desc limit ?", most)
                .list(dataSource, StreamView::of);
    }

    /** The streams of a user that ended after an instant, the latest first, at most so many. */
    public List<ClosedStream> closed(UUID userId, Instant after, int most) {
        return Sql.of("select * from stream_history where user_id = ? and closed_at >= ?", userId, after)
                .then(" order by number desc limit ?", most)
                .list(dataSource, ClosedStream::of);
    }

    /** The nodes, those of the last day that are gone included. */
    public List<NodeView> nodes() {
        return Sql.of(NodeView.QUERY).then(" order by name, started_at").list(dataSource, NodeView::of);
    }
}
