package com.fleetman.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What one device has been sent of its user's log, in the order of arrival: a stretch for each time that it began anew, and
 * in each of them all that follows its beginning, whatever connections it came over.
 */
final class DeviceLog {
    /**
     * One event of the log.
     *
     * @param name as on the wire, {@code message} for the default event
     * @param data the bytes of the payload as text
     */
    record Logged(long id, String name, String data) {}

    private record Stretch(long start, List<Logged> events) {
        long last() {
            return events.isEmpty() ? start : events.getLast().id();
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();

    /** The device knows nothing, and begins behind this position. */
    synchronized void begin(long position) {
        stretches.add(new Stretch(position, new ArrayList<>()));
    }

    /** Takes an event, and answers what is wrong with its place. */
    synchronized Optional<String> take(Logged event) {
        if (stretches.isEmpty()) {
            begin(event.id() - 1);
            return Optional.of("event " + event.id() + " before the connected event");
        }
        Stretch stretch = stretches.getLast();
        long expected = stretch.last() + 1;
        stretch.events().add(event);
        return event.id() == expected
                ? Optional.empty()
                : Optional.of("event " + event.id() + " where " + expected + " was due");
    }

    /** The position that the device comes back with; empty if it has begun nowhere. */
    synchronized Optional<Long> last() {
        return stretches.isEmpty()
                ? Optional.empty()
                : Optional.of(stretches.getLast().last());
    }

    synchronized int size() {
        return stretches.stream().mapToInt(stretch -> stretch.events().size()).sum();
    }

    /**
     * Compares with the log as it is.
     *
     * @param log all of the user's log by id
     * @return what is wrong, in words; empty if the device holds exactly the log
     */
    synchronized List<String> differencesTo(SortedMap<Long, Logged> log) {
        var wrong = new ArrayList<String>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            boolean isLast = i == stretches.size() - 1;
            long end = isLast ? (log.isEmpty() ? 0 : log.lastKey()) : stretch.last();
            wrong.addAll(differences(stretch, log, end));
        }
        if (stretches.isEmpty()) {
            wrong.add("it has never been connected");
        }
        return wrong;
    }

    private static List<String> differences(Stretch stretch, SortedMap<Long, Logged> log, long end) {
        var wrong = new ArrayList<String>();
        Set<Long> missing =
                new TreeSet<>(log.tailMap(stretch.start() + 1).headMap(end + 1).keySet());
        var seen = new HashSet<Long>();
        var doubled = new TreeSet<Long>();
        var unknown = new TreeSet<Long>();
        var changed = new TreeSet<Long>();
        var swapped = new ArrayList<Long>();
        long before = stretch.start();
        for (Logged event : stretch.events()) {
            if (!seen.add(event.id())) {
                doubled.add(event.id());
            } else if (event.id() < before) {
                swapped.add(event.id());
            }
            Logged row = log.get(event.id());
            if (row == null || event.id() <= stretch.start()) {
                unknown.add(event.id());
            } else if (!Objects.equals(row, event)) {
                changed.add(event.id());
            }
            missing.remove(event.id());
            before = Math.max(before, event.id());
        }
        Map.of("missing", missing, "doubled", doubled, "unknown", unknown, "with another payload", changed)
                .forEach((what, ids) -> {
                    if (!ids.isEmpty()) {
                        wrong.add(what + ": " + ids);
                    }
                });
        if (!swapped.isEmpty()) {
            wrong.add("out of order: " + swapped);
        }
        return wrong.stream()
                .sorted()
                .map(each -> "from " + stretch.start() + " to " + end + " " + each)
                .toList();
    }
}
