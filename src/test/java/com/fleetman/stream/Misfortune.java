package com.fleetman.stream;

import com.fleetman.identity.WithoutSession;
import com.fleetman.platform.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/** What a test does to one node from outside: wake-ups that are lost, a clock that is wrong. Only in wars of tests. */
@Path("test/misfortune")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class Misfortune {
    private volatile int lost;
    private volatile Duration offset = Duration.ZERO;

    record State(int lost, long clock) {}

    /**
     * @param percent of the signals that are lost
     * @param seconds by which the clock is fast
     */
    @POST
    @WithoutSession
    public Answer<State> set(@QueryParam("lost") Integer percent, @QueryParam("clock") Long seconds) {
        if (percent != null) {
            lost = percent;
        }
        if (seconds != null) {
            offset = Duration.ofSeconds(seconds);
        }
        return Answer.of(new State(lost, offset.toSeconds()));
    }

    int lost() {
        return lost;
    }

    Duration offset() {
        return offset;
    }
}
