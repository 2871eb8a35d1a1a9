package com.fleetman.stream;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Only in wars of tests: appends an event to the caller's log and fails, or does not. */
@Path("test/append")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class RollBackProbe {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Appender appender;

    record Probe(String text) implements UserEvent {
        @Override
        public String eventName() {
            return "probe";
        }
    }

    /** Work of one transaction. */
    @ApplicationScoped
    static class Appender {
        private final UserLog log;

        @Inject
        Appender(UserLog log) {
            this.log = log;
        }

        @Transactional
        long append(Caller caller, String text, boolean fails) {
            Inbox inbox = log.lock(caller.userId());
            inbox.addUnreadNotifications(1);
            long seq = log.append(inbox, new Probe(text));
            log.hint(caller.userId(), new Probe(text + " hint"));
            if (fails) {
                throw Problem.conflict("on_purpose", "the transaction is rolled back on purpose");
            }
            return seq;
        }
    }

    @POST
    @Path("failing")
    public long failing(@Context SecurityContext security) {
        return appender.append(Caller.of(security), "never", true);
    }

    /** What Payara throws when the database went away at the commit. */
    @POST
    @Path("not-ended")
    public long notEnded() {
        throw new TransactionalException("encountered exception during commit", new SystemException("no more is told"));
    }

    @POST
    @Path("succeeding")
    public long succeeding(@Context SecurityContext security) {
        return appender.append(Caller.of(security), "always", false);
    }
}
