package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import com.fleetman.platform.SampleSettings;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final TestNode node = new TestNode();
    private final ManualExecutor aside = new ManualExecutor();
    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final UUID user = Ids.next();
    private final FakeWire wire = new FakeWire();
    private final Pulse pulse = new Pulse(
            node.hub,
            node.reconciliation,
            node.bus,
            scheduler(),
            aside,
            SampleSettings.complete().streams());

    @Test
    void beatsReconcilesAndListensOnceItIsStarted() {
        pulse.start(this);
        node.open(user, wire);
        node.log.append(user, 1);

        for (int i = 0; i < 300; i++) {
            scheduled.forEach(Runnable::run);
            aside.runAll();
            node.writers.runAll();
        }
        node.bus.publish(new Signal.Hint(user, "typing", "{}"));
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L);
        assertThat(wire.names()).contains(": heartbeat").endsWith("typing");
    }

    @Test
    void doesNotLetTheSchedulerWaitForTheDatabase() {
        pulse.start(this);
        node.open(user, wire);
        int[] questions = {0};
        node.log.meanwhile(() -> questions[0]++);

        for (int i = 0; i < 10; i++) {
            scheduled.forEach(Runnable::run);
        }

        assertThat(questions[0]).isZero();
        assertThat(aside.queued()).as("each at most once at a time").isEqualTo(3);
        aside.runAll();
        assertThat(questions[0]).as("positions, announcements").isEqualTo(2);
        scheduled.forEach(Runnable::run);
        assertThat(aside.queued()).isEqualTo(3);
    }

    @Test
    void comparesAtOnceWhenSignalsMayHaveBeenLost() {
        pulse.start(this);
        node.open(user, wire);
        node.log.append(user, 1);

        node.bus.publish(new Signal.Missed());
        node.bus.publish(new Signal.Missed());
        assertThat(aside.queued()).as("one comparison at a time").isEqualTo(1);
        aside.runAll();
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void tellsEverybodyOfAnAnnouncementAtOnce() {
        pulse.start(this);
        node.open(user, wire);
        node.announcements.announce();

        node.bus.publish(new Signal.Announced());
        aside.runAll();
        node.writers.runAll();

        assertThat(wire.ids()).containsExactly(1L);
    }

    @Test
    void saysGoodByeAndEndsEverythingWhenItStops() {
        pulse.start(this);
        node.open(user, wire);
        node.hub.drain(); // what it begins with, so that the writers may run before it waits
        node.writers.runAll();

        pulse.stop(new Stopping());

        assertThat(wire.names()).containsExactly("message", "reconnect");
        assertThat(node.hub.openStreams()).isZero();
        assertThat(cancelled).hasSameSizeAs(scheduled);
        node.bus.publish(new Signal.WakeUp(user, 1, null));
        assertThat(node.writers.queued()).isZero();
    }

    private ManagedScheduledExecutorService scheduler() {
        Object task = proxy(ScheduledFuture.class, none -> cancelled.add("cancelled"));
        return proxy(ManagedScheduledExecutorService.class, arguments -> {
            scheduled.add((Runnable) arguments[0]);
            return task;
        });
    }

    /** Answers all methods the same, since only one of them is used. */
    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(arguments == null ? new Object[0] : arguments)));
    }

    private interface Answers {
        @Nullable
        Object to(Object[] arguments);
    }
}
