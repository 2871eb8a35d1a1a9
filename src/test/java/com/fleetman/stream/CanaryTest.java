package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Health;
import com.fleetman.platform.Json;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private final TestNode node = new TestNode();
    private boolean refuses;

    /** Writers run at once here: the canary waits for them. */
    private final StreamHub hub = node.hub(Runnable::run);

    private final Canary canary =
            new Canary(hub, node.log, this::append, unused(), "node-1", Duration.ofSeconds(1), node.clock);

    private void append(CanarySang event, Instant keepSince) {
        if (refuses) {
            throw new IllegalStateException("the database is away");
        }
        Frame frame = node.log.append(CanaryLog.USER, Json.write(event));
        hub.accept(new Signal.WakeUp(CanaryLog.USER, frame.seq(), frame));
    }

    static ManagedScheduledExecutorService unused() {
        return (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                CanaryTest.class.getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void hearsItsOwnSongThroughTheHub() {
        node.log.append(CanaryLog.USER, 5);

        canary.sing();
        canary.sing();

        assertThat(canary.heard()).isEqualTo(2);
        assertThat(canary.check()).isEqualTo(Health.UP);
    }

    @Test
    void isNobodysStream() {
        canary.sing();

        assertThat(hub.openStreams()).isZero();
        assertThat(hub.connections()).isEmpty();
        assertThat(hub.users()).hasSize(1);

        canary.stop(new Stopping());
        assertThat(hub.users()).isEmpty();
    }

    @Test
    void saysWhatFailsAndComesBack() {
        refuses = true;
        canary.sing();
        assertThat(canary.check()).isEqualTo(Health.degraded("an event could not be appended to a log"));

        refuses = false;
        canary.sing();
        assertThat(canary.check()).isEqualTo(Health.UP);
        assertThat(canary.heard()).isEqualTo(1);
    }

    @Test
    void findsANewStreamWhenItsOwnIsCut() {
        canary.sing();
        hub.users().iterator().next().connections().forEach(connection -> connection.close(CloseReason.FAILED));
        assertThat(hub.users()).isEmpty();

        canary.sing();

        assertThat(canary.heard()).isEqualTo(2);
    }
}
