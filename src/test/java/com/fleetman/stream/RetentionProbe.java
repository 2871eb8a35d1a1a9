package com.fleetman.stream;

import com.fleetman.identity.WithoutSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** Only in wars of tests: runs the retention now instead of within the hour. */
@Path("test/retention")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class RetentionProbe {
    @Inject
    @SuppressWarnings("NullAway.Init")
    EventRetention retention;

    @POST
    @WithoutSession
    public int run() throws SQLException {
        return retention.run();
    }
}
