package com.fleetman.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.chaos.DeviceLog.Logged;
import com.fleetman.platform.Json;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Compares, when nothing happens any more, what everybody holds with what is true. */
final class Judge {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int PAGE = 100;

    private final Population population;
    private final Load load;
    private final Chronicle chronicle;
    private final Requests requests;
    private final Map<UUID, NavigableMap<Long, Logged>> logs = new HashMap<>();

    Judge(Population population, Load load, Chronicle chronicle) {
        this.population = population;
        this.load = load;
        this.chronicle = chronicle;
        this.requests = new Requests(chronicle);
    }

    /** Everything that is wrong is a complaint in the chronicle. */
    void compare() {
        awaitMailings();
        for (int user = 0; user < population.users(); user++) {
            unread(user); // whoever asks has been told all announcements
        }
        for (int user = 0; user < population.users(); user++) {
            readLog(id(user));
        }
        awaitDevices();
        for (Device device : population.devices()) {
            device.log().differencesTo(log(device.user())).forEach(wrong -> chronicle.complain(device + " " + wrong));
        }
        for (int user = 0; user < population.users(); user++) {
            compareBadges(user);
            compareNotifications(user);
            compareMessages(user);
        }
    }

    private UUID id(int user) {
        return population.session(user).account().id();
    }

    private NavigableMap<Long, Logged> log(UUID user) {
        return logs.getOrDefault(user, new TreeMap<>());
    }

    private void awaitMailings() {
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Rows.number("select count(*) from mailing where finished_at is null") == 0);
        } catch (ConditionTimeoutException e) {
            chronicle.complain("mailings were not finished within " + LIMIT);
        }
    }

    private void readLog(UUID user) {
        var log = new TreeMap<Long, Logged>();
        for (String row : Rows.texts(
                "select seq || ' ' || name || ' ' || data from user_event where user_id = ? order by seq", user)) {
            String[] parts = String.valueOf(row).split(" ", 3);
            long seq = Long.parseLong(parts[0]);
            log.put(seq, new Logged(seq, parts[1].isEmpty() ? "message" : parts[1], parts[2]));
        }
        long last = Rows.number("select last_seq from inbox where user_id = ?", user);
        if (log.size() != last || (last > 0 && (log.firstKey() != 1 || log.lastKey() != last))) {
            chronicle.complain("the log of " + user + " has " + log.size() + " events up to " + last);
        }
        logs.put(user, log);
    }

    private void awaitDevices() {
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> population.devices().stream().allMatch(this::isThere));
        } catch (ConditionTimeoutException e) {
            chronicle.complain(
                    population.devices().stream().filter(each -> !isThere(each)).count()
                            + " devices have not got everything within " + LIMIT);
        }
    }

    private boolean isThere(Device device) {
        NavigableMap<Long, Logged> log = log(device.user());
        return log.isEmpty() || device.log().last().orElse(-1L) >= log.lastKey();
    }

    private JsonNode unread(int user) {
        return requests.demand(population.session(user), Node.first(), "GET", "notifications/unread-count", null)
                .data()
                .get("counts");
    }

    private void compareBadges(int user) {
        UUID id = id(user);
        String truth = Json.write(new TreeMap<>(Map.of(
                "messages", Rows.number("select count(*) from message where recipient_id = ? and read_at is null", id),
                "notifications",
                        Rows.number(
                                "select count(*) from notification where user_id = ? and read_at is null and archived_at is null",
                                id))));
        JsonNode expected = Json.tree(truth);
        JsonNode answered = Json.tree(unread(user).toString());
        JsonNode told = log(id).isEmpty()
                ? expected
                : Json.tree(log(id).lastEntry().getValue().data()).get("counts");
        if (!answered.equals(expected) || !told.equals(expected)) {
            chronicle.complain("the badges of user " + user + " (" + id + ") are " + answered + ", in the last event "
                    + told + ", and should be " + expected);
        }
    }

    private void compareNotifications(int user) {
        UUID id = id(user);
        Map<String, Long> rows = times(Rows.texts("select title from notification where user_id = ?", id));
        Map<String, Long> events = times(log(id).values().stream()
                .filter(event -> event.name().equals("message"))
                .map(event -> Json.tree(event.data()).get("title").textValue())
                .toList());
        Stream.concat(
                        load.told().stream()
                                .filter(told -> told.users().contains(user))
                                .map(Load.Told::title),
                        load.announced().stream())
                .forEach(title -> {
                    once(rows, title, "notifications of user " + user);
                    once(events, title, "log of user " + user);
                });
    }

    private static Map<String, Long> times(Collection<? extends @org.jspecify.annotations.Nullable String> texts) {
        return texts.stream().collect(Collectors.groupingBy(String::valueOf, Collectors.counting()));
    }

    private void once(Map<String, Long> times, String what, String where) {
        long number = times.getOrDefault(what, 0L);
        if (number != 1) {
            chronicle.complain(what + " is " + number + " times in the " + where);
        }
    }

    private void compareMessages(int user) {
        List<Load.Sent> received =
                load.sent().stream().filter(sent -> sent.to() == user).toList();
        Map<String, Long> events = times(log(id(user)).values().stream()
                .filter(event -> event.name().equals("chat-message"))
                .map(event -> Json.tree(event.data()).get("message"))
                .filter(message -> message.get("recipientId").textValue().equals(id(user).toString()))
                .map(message -> message.get("id").textValue())
                .toList());
        Map<String, Long> histories = new HashMap<>();
        received.stream()
                .map(Load.Sent::from)
                .distinct()
                .forEach(peer ->
                        history(user, peer).forEach((content, number) -> histories.merge(content, number, Long::sum)));
        for (Load.Sent sent : received) {
            once(events, sent.id().toString(), "log of user " + user);
            once(histories, sent.content(), "history of user " + user);
        }
        long rows = Rows.number("select count(*) from message where recipient_id = ?", id(user));
        if (rows != received.size()) {
            chronicle.complain("user " + user + " has " + rows + " messages, and " + received.size()
                    + " were acknowledged to those who wrote them");
        }
    }

    /** How often each content is in the conversation, as the user sees it. */
    private Map<String, Long> history(int user, int peer) {
        var contents = new ArrayList<String>();
        String cursor = "";
        do {
            String path = "messages/conversations/" + id(peer) + "?limit=" + PAGE + cursor;
            JsonNode page = requests.demand(population.session(user), Node.second(), "GET", path, null)
                    .data();
            page.get("items")
                    .forEach(message -> contents.add(message.get("content").textValue()));
            JsonNode next = page.get("nextCursor");
            cursor = next == null || next.isNull() ? "" : "&cursor=" + next.textValue();
        } while (!cursor.isEmpty());
        return times(contents);
    }
}
