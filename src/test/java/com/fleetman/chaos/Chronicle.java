package com.fleetman.chaos;

import com.fleetman.testing.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What has happened in one run: the faults with their times, what was counted, and everything that was wrong. */
final class Chronicle {
    private static final int FAULTS_SHOWN = 30;
    private static final int COMPLAINTS_SHOWN = 40;

    /** What is counted. */
    enum Count {
        MESSAGES("messages acknowledged"),
        NOTIFICATIONS("notifications acknowledged"),
        ANNOUNCEMENTS("announcements"),
        READS("reads"),
        ATTEMPTS_AGAIN("requests tried again"),
        EVENTS("events received"),
        CONNECTIONS("connections"),
        RECONNECTS("reconnects"),
        RESETS("resets"),
        EXPIRED("expired"),
        SUPERSEDED("superseded"),
        SENT_AWAY("told to reconnect"),
        REFRESHES("refreshes"),
        SIGN_INS("sign-ins");

        private final String text;

        Count(String text) {
            this.text = text;
        }
    }

    private final long seed;
    private final String bus;
    private final long start = System.nanoTime();
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Deque<String> faults = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private long lastEvent = System.nanoTime();
    private final Set<Node> stopping = ConcurrentHashMap.newKeySet();
    private boolean listening;
    private @Nullable Throwable cause;
    private long silence;
    private long silenceEnd;

    Chronicle(long seed, String bus) {
        this.seed = seed;
        this.bus = bus;
        say("seed " + seed + ", bus " + bus + "; repeat it with -Dchaos.seed=" + seed);
    }

    synchronized void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** A device got an event. */
    synchronized void event() {
        long now = System.nanoTime();
        if (listening && now - lastEvent > silence) {
            silence = now - lastEvent;
            silenceEnd = now;
        }
        lastEvent = now;
        count(Count.EVENTS);
    }

    /** @param expected whether there is traffic from now on, and so there are events */
    synchronized void expectEvents(boolean expected) {
        listening = expected;
        lastEvent = System.nanoTime();
    }

    synchronized void fault(String kind, String what) {
        kinds.merge(kind, 1, Integer::sum);
        note(what);
    }

    /** Something that belongs to the history of the faults: the end of one, for example. */
    synchronized void note(String what) {
        String line = "%6.1f s  %s"
                .formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0, what);
        faults.add(line);
        if (faults.size() > FAULTS_SHOWN) {
            faults.remove();
        }
        say(line);
    }

    /** Something is wrong with the product. */
    synchronized void complain(String what) {
        if (complaints.size() < COMPLAINTS_SHOWN) {
            complaints.add(what);
            note("WRONG: " + what);
        } else if (complaints.size() == COMPLAINTS_SHOWN) {
            complaints.add("and more");
        }
    }

    /** @param now whether the node was told to stop and is not there again yet: what it has not finished it may cut off */
    void stopping(Node node, boolean now) {
        if (now) {
            stopping.add(node);
        } else {
            stopping.remove(node);
        }
    }

    boolean isStopping(Node node) {
        return stopping.contains(node);
    }

    /** The run itself has failed. */
    synchronized void broke(Throwable failure) {
        cause = failure;
        complain("the run could not go on: " + failure);
    }

    /** @throws AssertionError with all that was wrong and the last faults, unless nothing was */
    synchronized void judge() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(
                    "seed " + seed + ", bus " + bus + ":\n  " + String.join("\n  ", complaints)
                            + "\nthe last faults:\n  " + String.join("\n  ", faults),
                    cause);
        }
    }

    /** One line with all that was counted. */
    synchronized String summary(Duration length) {
        var text =
                new StringBuilder("seed %d, bus %s, %d s, faults %s".formatted(seed, bus, length.toSeconds(), kinds));
        for (Count count : Count.values()) {
            text.append(", ").append(count.text).append(' ').append(counts.getOrDefault(count, 0L));
        }
        text.append(String.format(
                Locale.ROOT,
                ", longest time without an event %.1f s until %.1f s",
                silence / 1e9,
                (silenceEnd - start) / 1e9));
        return text.append(complaints.isEmpty() ? ": nothing lost" : ": FAILED").toString();
    }

    static void say(String line) {
        System.out.println("[chaos] " + line);
    }
}
