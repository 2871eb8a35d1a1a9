package com.fleetman.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.chaos.Chronicle.Count;
import com.fleetman.platform.Json;
import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What people do: messages, notifications by an administrator, reading, announcements; through either node, each tried again
 * with its key until it is acknowledged.
 */
final class Load {
    /** Users who write more than others. */
    private static final int BUSY = 10;

    private static final int MOST_TOLD = 5;
    private static final int LONGEST = 900;
    private static final Duration ANNOUNCEMENT = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** An acknowledged message. */
    record Sent(UUID id, int from, int to, String content) {}

    /** An acknowledged notification to some users, with a title that no other one has. */
    record Told(String title, List<Integer> users) {}

    private final Population population;
    private final Chronicle chronicle;
    private final Requests requests;
    private final End end = new End();
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> announced = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Void>> hands = new ArrayList<>();

    Load(Population population, Chronicle chronicle) {
        this.population = population;
        this.chronicle = chronicle;
        this.requests = new Requests(chronicle);
    }

    /** Messages in the order of their acknowledgement. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** The titles of the announcements that were acknowledged. */
    List<String> announced() {
        return List.copyOf(announced);
    }

    /** @param perSecond what is done, by all hands together, as far as they are answered in time */
    void start(int perSecond, long seed) {
        int number = 2 * perSecond;
        Duration interval = Duration.ofSeconds(number).dividedBy(perSecond);
        for (int i = 0; i < number; i++) {
            var random = new Random(seed + i);
            hands.add(Background.run(() -> work(interval, random)));
        }
        var random = new Random(seed - 1);
        hands.add(Background.run(() -> announce(random)));
    }

    /** No more is begun; what was begun is finished. */
    void end() {
        end.come();
        CompletableFuture.allOf(hands.toArray(CompletableFuture[]::new))
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void work(Duration interval, Random random) {
        while (!end.comesWithin(interval)) {
            int user = random.nextInt(random.nextInt(10) < 3 ? Math.min(BUSY, population.users()) : population.users());
            int dice = random.nextInt(100);
            try {
                if (dice < 75) {
                    write(user, random);
                } else if (dice < 88) {
                    tell(random);
                } else if (dice < 98) {
                    read(user, random);
                } else {
                    readAll(user, random);
                }
            } catch (RuntimeException | AssertionError e) {
                chronicle.complain("traffic: " + e.getMessage());
            }
        }
    }

    private static String text(Random random) {
        return UUID.randomUUID() + "-".repeat(random.nextInt(10) == 0 ? LONGEST : random.nextInt(60));
    }

    private void write(int from, Random random) {
        List<Integer> contacts = population.contactsOf(from);
        int to = contacts.get(random.nextInt(contacts.size()));
        String content = text(random);
        String body = Json.write(
                Map.of("recipientId", population.session(to).account().id(), "content", content));
        JsonNode message = requests.demand(
                        population.session(from),
                        Requests.either(random),
                        "POST",
                        "messages",
                        body,
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .data();
        sent.add(new Sent(UUID.fromString(message.get("id").textValue()), from, to, content));
        chronicle.count(Count.MESSAGES);
    }

    private void tell(Random random) {
        List<Integer> users = IntStream.range(0, 1 + random.nextInt(MOST_TOLD))
                .mapToObj(i -> random.nextInt(population.users()))
                .distinct()
                .toList();
        String title = "told " + UUID.randomUUID();
        String body = Json.write(Map.of(
                "recipients",
                Map.of(
                        "userIds",
                        users.stream()
                                .map(user -> population.session(user).account().id())
                                .toList()),
                "type",
                "CHAOS",
                "title",
                title,
                "message",
                text(random)));
        requests.demand(
                population.administrator(),
                Requests.either(random),
                "POST",
                "admin/notifications",
                body,
                "Idempotency-Key",
                UUID.randomUUID().toString());
        told.add(new Told(title, users));
        chronicle.count(Count.NOTIFICATIONS);
    }

    private void read(int user, Random random) {
        List<Integer> contacts = population.contactsOf(user);
        int peer = contacts.get(random.nextInt(contacts.size()));
        // The peer has messages of the user; the user may have none of the peer, who then has nothing to read.
        String path =
                "messages/conversations/" + population.session(user).account().id() + "/read";
        requests.demand(population.session(peer), Requests.either(random), "POST", path, null);
        chronicle.count(Count.READS);
    }

    private void readAll(int user, Random random) {
        requests.demand(population.session(user), Requests.either(random), "POST", "notifications/read-all", null);
        chronicle.count(Count.READS);
    }

    /** An announcement has no key: one whose answer is lost may be there twice, so each attempt has its own title. */
    private void announce(Random random) {
        while (!end.comesWithin(ANNOUNCEMENT)) {
            String title = "announced " + UUID.randomUUID();
            Session administrator = population.administrator();
            Account account = administrator.account();
            Node node = Requests.either(random);
            try {
                Account.Answer answer = account.at(node)
                        .trySend(
                                "POST",
                                "admin/announcements",
                                Json.write(Map.of("title", title, "message", text(random))));
                if (answer.status() < 300) {
                    announced.add(title);
                    chronicle.count(Count.ANNOUNCEMENTS);
                } else if (answer.status() == 401) {
                    administrator.renew(account, node);
                } else {
                    Requests.requireAway(answer, node, "admin/announcements", chronicle);
                }
            } catch (IOException e) {
                // the node is away
            }
        }
    }
}
