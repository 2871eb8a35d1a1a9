package com.fleetman.stream;

import com.fleetman.identity.WithoutSession;
import com.fleetman.platform.Answer;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Only in wars of tests: how many streams this node believes to have. */
@Path("test/streams")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StreamProbe {
    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamHub hub;

    record Count(int open, int users, int connections) {}

    @GET
    @WithoutSession
    public Answer<Count> count() {
        return Answer.of(new Count(
                hub.openStreams(), hub.users().size(), hub.connections().size()));
    }

    /** Asked from outside: waits until the node has let go of all but so many streams. */
    static final class Outside {
        private Outside() {}

        static void awaitOpen(Node node, int streams) {
            Awaitility.await("streams left open on " + node)
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(
                                    Account.exchange(node, "GET", "test/streams", null)
                                            .data()
                                            .toString())
                            .isEqualTo("{\"open\":%d,\"users\":%d,\"connections\":%d}"
                                    .formatted(streams, Math.min(streams, 1), streams)));
        }
    }
}
