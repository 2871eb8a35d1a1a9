package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fleetman.description.Described.Operation;
import com.fleetman.testing.Account;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are wrong, made from the description: the server says so and goes on, tells nothing of its
 * inside, and stores nothing. As many as the time allows; the seed is in the log and in each failure.
 */
@InContainer
@Tag("once")
class FuzzIT {
    private static final Logger LOG = Logger.getLogger(FuzzIT.class.getName());
    private static final int REQUESTS = Integer.getInteger("fleetman.test.fuzz.requests", 10_000);
    private static final Duration TIME = Duration.ofSeconds(55);
    private static final int ROUND = 500;
    private static final int THREADS = 4;

    /** An attempt to sign in is counted, and what an administrator tries is kept: neither is a change. */
    private static final String TABLES = """
            select table_name from information_schema.tables
            where table_schema = current_schema() and table_type = 'BASE TABLE'
              and table_name not like 'flyway%' and table_name not like '%audit%' and table_name <> 'login_failure'
            order by table_name""";

    private final long seed = Long.getLong("fleetman.test.fuzz.seed", System.nanoTime());
    private final Fixture fixture = new Fixture();
    private final List<Operation> operations = Described.openApi().operations().stream()
            .filter(operation -> !operation.path().endsWith("/stream"))
            .toList();

    /** @param certain whether it must be refused, since an id, the body or the token is wrong */
    private record Attempt(
            Operation operation,
            Account caller,
            String path,
            @Nullable String body,
            List<String> headers,
            boolean certain) {

        Account.Answer send() {
            return caller.send(operation.method(), path, body, headers.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return operation.method() + " " + path + " " + headers + " " + body;
        }
    }

    private Attempt attempt(Random random) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        var garbage = new Garbage(random);
        String path = operation.path().substring(1);
        boolean certain = false;
        for (String name : operation.parameters("path")) {
            path = path.replace("{" + name + "}", garbage.id());
            certain = true;
        }
        String body = null;
        if (operation.example().isPresent()) {
            body = garbage.body(operation.example().orElse(JsonNodeFactory.instance.objectNode()));
            certain = true;
        }
        Account caller = fixture.caller(operation);
        if (!certain && !operation.isSafe()) {
            // Nothing of it could be wrong but who sends it.
            caller = caller.withToken("no.token." + random.nextInt());
            certain = true;
        }
        var headers = new ArrayList<String>(garbage.headers(body));
        return new Attempt(operation, caller, path + garbage.query(operation), body, headers, certain);
    }

    @Test
    void whatIsWrongIsRefusedAndChangesNothing() throws Exception {
        LOG.info(() -> "fuzzing with -Dfleetman.test.fuzz.seed=" + seed);
        var random = new Random(seed);
        var statuses = new TreeMap<Integer, Integer>();
        Instant end = Instant.now().plus(TIME);
        int sent = 0;
        Map<String, String> before = stored();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            while (sent < REQUESTS && Instant.now().isBefore(end)) {
                var round = new ArrayList<Callable<Integer>>();
                for (int i = 0; i < ROUND; i++) {
                    Attempt attempt = attempt(random);
                    round.add(() -> judge(attempt));
                }
                for (var answer : threads.invokeAll(round)) {
                    statuses.merge(status(answer), 1, Integer::sum);
                }
                sent += ROUND;
                assertThat(stored()).as("seed %s", seed).isEqualTo(before);
            }
        }
        String report = sent + " requests: " + statuses;
        LOG.info(report);
        assertThat(statuses.keySet()).as(report).contains(400, 404).allMatch(status -> status < 500);
    }

    private static int status(java.util.concurrent.Future<Integer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        }
    }

    private int judge(Attempt attempt) {
        Account.Answer answer = attempt.send();
        String body = answer.http().body();
        String what = "seed " + seed + ": " + attempt + " -> " + answer.status() + " " + body;
        assertThat(answer.status()).as(what).isLessThan(500);
        if (attempt.certain()) {
            assertThat(answer.status()).as(what).isBetween(400, 499);
        }
        if (answer.status() >= 400 && !attempt.operation().method().equals("HEAD")) {
            assertThat(answer.json().path("code").asText()).as(what).matches("[a-z_]+");
            assertThat(body).as(what).doesNotContain("Exception", "\tat ", "com.fleetman", "org.hibernate", "<html");
        }
        return answer.status();
    }

    /** All rows that have to do with these users, as one number per table. */
    private Map<String, String> stored() {
        String mine = String.join(
                " or ",
                fixture.users().stream()
                        .map(id -> "t::text like '%" + id + "%'")
                        .toList());
        var stored = new TreeMap<String, String>();
        for (String table : Rows.texts(TABLES)) {
            stored.put(
                    String.valueOf(table),
                    String.valueOf(Rows.texts("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by"
                                    + " t::text)), '') from " + table + " t where " + mine)
                            .get(0)));
        }
        return stored;
    }

    @Test
    void theServerIsWellAfterwards() {
        assertThat(Account.exchange(Node.first(), "GET", "/health/ready", null).status())
                .isEqualTo(200);
    }
}
