package com.fleetman.messaging;

import com.fleetman.contact.Contacts;
import com.fleetman.identity.Users;
import com.fleetman.platform.Settings;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells somebody that the caller is typing; at most once per interval, whatever the client sends. */
@ApplicationScoped
class TellTyping {
    private static final int MOST_PAIRS = 10_000;

    private final UserLog log;
    private final Users users;
    private final Contacts contacts;
    private final Duration interval;
    private final Clock clock;
    private final ConcurrentHashMap<Pair, Instant> told = new ConcurrentHashMap<>();

    @Inject
    TellTyping(UserLog log, Users users, Contacts contacts, Settings settings, Clock clock) {
        this.log = log;
        this.users = users;
        this.contacts = contacts;
        this.interval = settings.limits().typing();
        this.clock = clock;
    }

    private record Pair(UUID sender, UUID recipient) {}

    /**
     * Tells it, and answers whether it did or held it back.
     *
     * @throws com.fleetman.platform.Problem as for sending a message
     */
    @Transactional
    boolean tell(UUID sender, UUID recipient) {
        users.requireActive(recipient);
        contacts.requireMayWrite(sender, recipient);
        if (!isDue(new Pair(sender, recipient))) {
            return false;
        }
        log.hint(recipient, new Typing(sender));
        return true;
    }

    private boolean isDue(Pair pair) {
        Instant now = clock.instant();
        if (told.size() > MOST_PAIRS) {
            told.values().removeIf(last -> !now.isBefore(last.plus(interval)));
        }
        var due = new AtomicBoolean();
        told.compute(pair, (key, last) -> {
            due.set(last == null || !now.isBefore(last.plus(interval)));
            return due.get() ? now : last;
        });
        return due.get();
    }
}
