package com.fleetman.admin;

import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with mailings: in the request for as long as somebody may want to wait, then aside; also with those that
 * another node has left, since it was stopped.
 */
@ApplicationScoped
public class DeliverMailings {
    private static final Logger LOG = Logger.getLogger(DeliverMailings.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration ALONE = Duration.ofSeconds(10);
    private static final int LOOK_SECONDS = 5;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Mailings mailings;
    private final ManagedScheduledExecutorService scheduler;
    private volatile boolean stopping;
    private @Nullable ScheduledFuture<?> looking;
    private @Nullable Thread running;

    @Inject
    DeliverMailings(Mailings mailings, ManagedScheduledExecutorService scheduler) {
        this.mailings = mailings;
        this.scheduler = scheduler;
    }

    synchronized void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        looking = scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the chunk that is under way, but not for long. */
    void stop(@Observes Stopping event) {
        stopping = true;
        Thread last;
        synchronized (this) {
            if (looking != null) {
                looking.cancel(false);
            }
            last = running;
        }
        if (last != null) {
            try {
                last.join(STOP_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does as much of a new mailing as somebody may wait for; the rest is begun aside. */
    MailingView begin(UUID id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean more = true;
        while (more && !stopping && System.nanoTime() < deadline) {
            more = mailings.tellSome(id);
        }
        if (more) {
            aside(id);
        }
        return mailings.get(id);
    }

    private synchronized void look() {
        if (!isBusy()) {
            try {
                mailings.left(ALONE).stream().findFirst().ifPresent(this::aside);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, () -> "mailings that were left could not be looked for: " + e);
            }
        }
    }

    /** One mailing at a time; what is not taken now is found later. */
    private synchronized void aside(UUID id) {
        if (!isBusy() && !stopping) {
            running = Thread.ofPlatform().daemon().name("fleetman-mailing").start(() -> finish(id));
        }
    }

    private boolean isBusy() {
        return running != null && running.isAlive();
    }

    private void finish(UUID id) {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = mailings.tellSome(id);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "mailing " + id + " was interrupted; it goes on in some seconds", e);
        }
    }
}
