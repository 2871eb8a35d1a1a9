package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LogRoundsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<List<LogRounds.Place>> queries = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> limits = Collections.synchronizedList(new ArrayList<>());

    @Test
    void readsForOneUserAsMuchAsIsAskedFor() throws SQLException {
        UUID user = UUID.randomUUID();

        List<Frame> frames = new LogRounds(this::read, 1).after(user, 7, 64);

        assertThat(frames).extracting(Frame::seq).containsExactly(8L);
        assertThat(limits).containsExactly(64);
    }

    @Test
    void readsForAllWhoWaitInOneQuery() throws Exception {
        var slow = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var rounds = new LogRounds(
                (places, limit) -> {
                    begun.countDown();
                    await(slow);
                    return read(places, limit);
                },
                1);
        var entered = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Frame>> first = threads.submit(() -> rounds.after(UUID.randomUUID(), 0, 64));
            await(begun);
            var others = new ArrayList<Future<List<Frame>>>();
            for (int i = 0; i < 100; i++) {
                long after = i;
                others.add(threads.submit(() -> {
                    entered.incrementAndGet();
                    return rounds.after(UUID.randomUUID(), after, 64);
                }));
            }
            Awaitility.await().atMost(LONG).until(() -> entered.get() == 100 && rounds.waiting() == 100);
            slow.countDown();

            assertThat(first.get(30, TimeUnit.SECONDS)).hasSize(1);
            for (int i = 0; i < 100; i++) {
                assertThat(others.get(i).get(30, TimeUnit.SECONDS))
                        .extracting(Frame::seq)
                        .containsExactly(i + 1L);
            }
        }
        assertThat(queries).hasSize(2);
        assertThat(limits).containsExactly(64, 10);
    }

    @Test
    void neverHasMoreQueriesAtOnceThanAreAllowed() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var rounds = new LogRounds(
                (places, limit) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        return read(places, limit);
                    } finally {
                        running.decrementAndGet();
                    }
                },
                2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<List<Frame>>>();
            for (int i = 0; i < 2_000; i++) {
                answers.add(threads.submit(() -> rounds.after(UUID.randomUUID(), 0, 64)));
            }
            for (Future<List<Frame>> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).hasSize(1);
            }
        }
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(queries).allSatisfy(places -> assertThat(places).hasSizeLessThanOrEqualTo(LogRounds.USERS));
        assertThat(rounds.waiting()).isZero();
    }

    @Test
    void tellsEverybodyWhoWaitedThatTheDatabaseIsAwayAndGoesOnAfterwards() throws SQLException {
        var away = new AtomicInteger(1);
        var rounds = new LogRounds(
                (places, limit) -> {
                    if (away.getAndDecrement() > 0) {
                        throw new SQLException("the database is away", "08006");
                    }
                    return read(places, limit);
                },
                1);

        assertThatThrownBy(() -> rounds.after(UUID.randomUUID(), 0, 64))
                .isInstanceOf(SQLException.class)
                .hasMessage("the database is away");
        assertThat(rounds.after(UUID.randomUUID(), 0, 64)).hasSize(1);
    }

    private Map<LogRounds.Place, List<Frame>> read(List<LogRounds.Place> places, int limit) {
        queries.add(places);
        limits.add(limit);
        var frames = new HashMap<LogRounds.Place, List<Frame>>();
        places.forEach(place -> frames.put(place, List.of(Frame.logged(place.after() + 1, "test", "{}"))));
        return frames;
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            if (!latch.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new SQLException("nothing came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }
}
