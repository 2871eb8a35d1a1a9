package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.SampleSettings;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunDailyTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Instant> runs = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-24T01:59:00Z");

    private RunDaily daily(RunDaily.Run run) {
        var clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        var scheduler = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                RunDailyTest.class.getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new RunDaily(run, () -> {}, scheduler, SampleSettings.complete(), clock, nanos::get);
    }

    private void lookAndWait(RunDaily daily) {
        daily.look();
        daily.stop(new Stopping()); // waits for the run
    }

    @Test
    void runsOnceForEachTimeOfTheSchedule() {
        RunDaily daily = daily(at -> runs.add(at));

        lookAndWait(daily);
        lookAndWait(daily);
        now = Instant.parse("2026-11-24T02:00:03Z");
        lookAndWait(daily);
        now = Instant.parse("2026-11-24T02:00:08Z");
        lookAndWait(daily);
        now = Instant.parse("2026-11-27T13:00:00Z");
        lookAndWait(daily);

        assertThat(runs)
                .as("yesterday's that was missed, today's, and after three days away the last one")
                .containsExactly(
                        Instant.parse("2026-11-24T01:59:00Z"),
                        Instant.parse("2026-11-24T02:00:03Z"),
                        Instant.parse("2026-11-27T13:00:00Z"));
    }

    @Test
    void looksAgainAtOnceWhileAnotherNodeIsAtIt() {
        RunDaily daily = daily(at -> {
            runs.add(at);
            return runs.size() == 2;
        });

        lookAndWait(daily);
        lookAndWait(daily);
        lookAndWait(daily);

        assertThat(runs).hasSize(2);
    }

    @Test
    void triesAgainAMinuteAfterAFailure() {
        RunDaily daily = daily(at -> {
            runs.add(at);
            if (runs.size() == 1) {
                throw new SQLException("the database is away");
            }
            return true;
        });

        lookAndWait(daily);
        nanos.addAndGet(59_000_000_000L);
        lookAndWait(daily);
        assertThat(runs).hasSize(1);
        nanos.addAndGet(1_000_000_000L);
        lookAndWait(daily);
        lookAndWait(daily);
        assertThat(runs).hasSize(2);
    }

    @Test
    void doesNotMakeTheSchedulerWaitAndHasOneRunAtATime() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        RunDaily daily = daily(at -> {
            runs.add(at);
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });

        daily.look();
        await().until(() -> runs.size() == 1);
        daily.look();
        goOn.countDown();
        daily.stop(new Stopping());

        assertThat(runs).hasSize(1);
    }
}
