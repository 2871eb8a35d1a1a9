package com.fleetman.stream;

import com.fleetman.platform.Problem;
import com.fleetman.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Closes streams on whatever node they are. The wish is in the database, where each node finds it within seconds, and on
 * the bus, which is faster and may lose it. Their clients come back, unless their sessions end too.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class CloseStreams {
    private final DataSource dataSource;
    private final Event<Signal.Close> closings;

    @Inject
    CloseStreams(DataSource dataSource, Event<Signal.Close> closings) {
        this.dataSource = dataSource;
        this.closings = closings;
    }

    /** @throws Problem 404 {@code stream_not_found} */
    public void close(UUID streamId) {
        if (Sql.of("update open_stream set closing = true where id = ?", streamId)
                        .update(dataSource)
                == 0) {
            throw Problem.notFound("stream_not_found", "there is no such stream; it may have ended");
        }
        closings.fire(new Signal.Close(null, streamId));
    }

    /** @return how many there are */
    public int closeAll(UUID userId) {
        int streams = Sql.of("update open_stream set closing = true where user_id = ?", userId)
                .update(dataSource);
        closings.fire(new Signal.Close(userId, null));
        return streams;
    }
}
