package com.fleetman.chaos;

import com.fleetman.chaos.Chronicle.Count;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.Node;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that does what a client must: it comes back with the last id after whatever ended its stream, not before the
 * time it was told, at the other node if its own does not answer, with other tokens if the old ones have expired.
 */
final class Device {
    private static final int RECEIVE_BUFFER = 4_096;
    private static final Duration RETRY = Duration.ofMillis(500);
    /** After {@code superseded} a person presses reload. */
    private static final Duration RELOAD = Duration.ofSeconds(2);
    /** A position that no log ever gave out. */
    private static final long NOWHERE = 9_000_000_000L;

    private final String name;
    private final UUID user;
    private final Session session;
    private final Requests requests;
    private final Chronicle chronicle;
    private final End end;
    private final DeviceLog log = new DeviceLog();
    private volatile Node node;
    private volatile @Nullable EventStream stream;
    private volatile boolean forgetful;
    private volatile boolean lost;
    private Duration retry = RETRY;
    private boolean refused;

    Device(String name, Session session, Node node, Chronicle chronicle, End end) {
        this.name = name;
        this.user = session.account().id();
        this.session = session;
        this.node = node;
        this.requests = new Requests(chronicle);
        this.chronicle = chronicle;
        this.end = end;
    }

    UUID user() {
        return user;
    }

    Session session() {
        return session;
    }

    DeviceLog log() {
        return log;
    }

    /** Lives until the end has come. */
    void live() {
        try {
            while (!end.hasCome()) {
                retry = RETRY;
                visit();
                if (!end.hasCome()) {
                    end.comesWithin(retry);
                }
            }
        } catch (RuntimeException | Error e) {
            chronicle.complain(this + " broke: " + e);
            throw e;
        }
    }

    /** Half of the devices do this before their tokens expire, while their streams go on. */
    void renewEarly(Duration interval) {
        while (!end.comesWithin(interval)) {
            session.renew(session.account(), node);
        }
    }

    private void visit() {
        Account account = session.account();
        boolean anew = forgetful || log.last().isEmpty();
        String asked = lost
                ? String.valueOf(NOWHERE)
                : anew ? "" : String.valueOf(log.last().orElseThrow());
        try (EventStream opened = EventStream.openUnread(account.at(node), asked, RECEIVE_BUFFER)) {
            switch (opened.status()) {
                case 200 -> read(opened, asked);
                case 401 -> renew(account);
                case 404, 503 -> node = Requests.other(node);
                default -> {
                    if (!chronicle.isStopping(node)) {
                        chronicle.complain(this + " was refused: " + opened.head());
                    }
                    node = Requests.other(node);
                }
            }
        } catch (UncheckedIOException e) {
            node = Requests.other(node);
        }
    }

    private void renew(Account account) {
        if (session.renew(account, node)) {
            retry = Duration.ZERO;
        } else {
            node = Requests.other(node);
        }
    }

    private void read(EventStream opened, String asked) {
        chronicle.count(asked.isEmpty() ? Count.CONNECTIONS : Count.RECONNECTS);
        Account account = session.account();
        forgetful = false;
        lost = false;
        refused = false;
        stream = opened;
        if (end.hasCome()) {
            return;
        }
        opened.readAll(event -> take(event, asked));
        stream = null;
        String told = opened.retry();
        if (told != null && retry.equals(RETRY)) {
            retry = Duration.ofMillis(Long.parseLong(told));
        }
        if (refused) {
            renew(account);
        }
    }

    private void take(EventStream.Event event, String asked) {
        chronicle.event();
        if (event.text().startsWith("{\"type\":\"connected\"")) {
            connected(event, asked);
            return;
        }
        switch (event.name()) {
            case "reset" -> reset(event, asked);
            case "expired" -> {
                chronicle.count(Count.EXPIRED);
                refused = true;
            }
            case "superseded" -> {
                chronicle.count(Count.SUPERSEDED);
                retry = RELOAD;
            }
            case "reconnect" -> {
                chronicle.count(Count.SENT_AWAY);
                retry = Duration.ofMillis(event.data().get("retryMs").longValue());
                node = Requests.other(node);
            }
            default -> logged(event);
        }
    }

    private void connected(EventStream.Event event, String asked) {
        if (event.id() == null) {
            return; // a reset follows
        }
        if (asked.isEmpty()) {
            log.begin(Long.parseLong(event.id()));
        } else if (!asked.equals(event.id())) {
            chronicle.complain(this + " asked for what follows " + asked + " and was connected at " + event.id());
        }
    }

    /** A reset is right only for a device that has made its position up: nothing was dropped from the logs. */
    private void reset(EventStream.Event event, String asked) {
        chronicle.count(Count.RESETS);
        if (!asked.equals(String.valueOf(NOWHERE))
                || !event.data().get("reason").textValue().equals("unknown")) {
            chronicle.complain(this + " had " + asked + " and was reset: " + event.text());
        }
        log.begin(event.data().get("seq").longValue());
        if (!end.hasCome()) {
            requests.demand(session, node, "GET", "notifications/unread-count", null);
        }
    }

    private void logged(EventStream.Event event) {
        String id = event.id();
        if (id == null) {
            return; // a hint
        }
        log.take(new DeviceLog.Logged(Long.parseLong(id), event.name(), event.text()))
                .ifPresent(wrong -> chronicle.complain(this + " got " + wrong));
    }

    /** Takes nothing more from its connection, which is answered, until that goes on. */
    Optional<EventStream> hold() {
        EventStream now = stream;
        if (now != null) {
            now.hold();
        }
        return Optional.ofNullable(now);
    }

    /** Its connection is reset. */
    void reset() {
        EventStream now = stream;
        if (now != null) {
            now.abort();
        }
    }

    /** It comes back at the other node. */
    void move() {
        node = Requests.other(node);
        reset();
    }

    /** It begins anew without an id. */
    void forget() {
        forgetful = true;
        reset();
    }

    /** It comes back with an id that was never given out. */
    void loseItsWay() {
        lost = true;
        reset();
    }

    @Override
    public String toString() {
        return name + " (user " + user + ")";
    }
}
