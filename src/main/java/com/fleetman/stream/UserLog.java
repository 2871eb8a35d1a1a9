package com.fleetman.stream;

import com.fleetman.identity.UserRegistered;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Appends to users' logs inside the caller's transaction. Whoever changes something of a user first takes the user's
 * inbox here and then decides: checks made before the lock may be stale after it.
 *
 * <p>What was announced to everybody before is in the log by the time that an inbox is had.
 *
 * <p>A transaction with several users takes all of them in one call, which locks in user-id order, so that no two
 * transactions wait for each other.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class UserLog {
    private final EntityManager entities;
    private final LockOrder lockOrder;
    private final Appended appended;
    private final Event<Appended.Commit> commits;
    private final Event<Signal.Hint> hints;
    private final Announcements announcements;
    private final Clock clock;
    private final Tracing tracing;

    @Inject
    UserLog(
            EntityManager entities,
            LockOrder lockOrder,
            Appended appended,
            Event<Appended.Commit> commits,
            Event<Signal.Hint> hints,
            Announcements announcements,
            Clock clock,
            Tracing tracing) {
        this.entities = entities;
        this.lockOrder = lockOrder;
        this.appended = appended;
        this.commits = commits;
        this.hints = hints;
        this.announcements = announcements;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Locks the inbox of one user to the end of the transaction.
     *
     * @throws Problem 404 {@code user_not_found} if there is no such user
     */
    public Inbox lock(UUID userId) {
        Inbox inbox = lock(List.of(userId)).get(userId);
        if (inbox == null) {
            throw Problem.notFound("user_not_found", "there is no such user");
        }
        return inbox;
    }

    /**
     * Locks the inboxes of several users to the end of the transaction, in user-id order.
     *
     * @return the inboxes by user id; a user that does not exist is left out
     */
    public Map<UUID, Inbox> lock(Collection<UUID> userIds) {
        List<UUID> missing = lockOrder.take(userIds);
        if (!missing.isEmpty()) {
            inOrder(missing).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
        }
        var byUser = new HashMap<UUID, Inbox>();
        for (UUID userId : userIds) {
            Inbox inbox = entities.find(Inbox.class, userId);
            if (inbox != null) {
                if (inbox.lacksAnnouncements()) {
                    announcements.settle(inbox);
                }
                byUser.put(userId, inbox);
            }
        }
        return byUser;
    }

    /** Of one user and of two, the usual numbers, without a list: Hibernate compiles a query with a list each time. */
    private TypedQuery<Inbox> inOrder(List<UUID> users) {
        if (users.size() > 2) {
            return entities.createQuery("select i from Inbox i where i.userId in :ids order by i.userId", Inbox.class)
                    .setParameter("ids", users);
        }
        return entities.createQuery(
                        "select i from Inbox i where i.userId = :first or i.userId = :last order by i.userId",
                        Inbox.class)
                .setParameter("first", users.get(0))
                .setParameter("last", users.get(users.size() - 1));
    }

    /**
     * Appends an event to a locked inbox. Devices learn it after the commit; after a roll-back it never was.
     *
     * @return its {@code seq} in that user's log
     */
    public long append(Inbox inbox, UserEvent event) {
        long seq = inbox.advance();
        String name = event.eventName();
        String data = Json.write(event);
        Tracing.Append trace = tracing.append(name, inbox.userId(), seq);
        String traceparent = trace == null ? null : trace.traceparent();
        entities.persist(new LoggedEvent(inbox.userId(), seq, name, data, clock.instant(), traceparent));
        var wakeUp = new Signal.WakeUp(inbox.userId(), seq, Frame.logged(seq, name, data, traceparent));
        if (appended.add(wakeUp, trace)) {
            commits.fire(appended.commit());
        }
        return seq;
    }

    /** Tells the connected devices of a user something that is not worth a place in the log; after the commit. */
    @Transactional(Transactional.TxType.REQUIRED)
    public void hint(UUID userId, UserEvent event) {
        hints.fire(new Signal.Hint(userId, event.eventName(), Json.write(event)));
    }

    void createInbox(@Observes UserRegistered registered) {
        long announced = entities.createQuery("select coalesce(max(a.number), 0) from Announcement a", Long.class)
                .getSingleResult();
        entities.persist(new Inbox(registered.userId(), announced));
    }
}
