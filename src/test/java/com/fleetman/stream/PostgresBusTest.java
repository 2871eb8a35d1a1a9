package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import com.fleetman.platform.SampleSettings;
import com.fleetman.platform.Settings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresBusTest {
    private final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    private final UUID user = Ids.next();
    private final SilentPostgres database = new SilentPostgres();
    private final PostgresBus bus =
            new PostgresBus(settings(), poolThatIsAway(), Duration.ofMillis(1), new BusMetrics());

    PostgresBusTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        bus.stop();
        database.close();
    }

    @Test
    void hearsOtherNodesAndPassesOverWhatItDoesNotUnderstand() throws Exception {
        bus.start(heard::add);
        Socket connection = listening();

        SilentPostgres.sendNotification(connection, "what is this?");
        SilentPostgres.sendNotification(connection, message());

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.Missed());
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.WakeUp(user, 7, null));
        assertThat(bus.isUp()).isTrue();
    }

    @Test
    void noticesAServerThatVanishedWithoutAWord() throws Exception {
        bus.start(heard::add);
        listening();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.Missed());

        database.fallSilent();

        SilentPostgres.sendNotification(listening(), message());
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.Missed());
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.WakeUp(user, 7, null));
    }

    @Test
    void comesBackAfterALostConnection() throws Exception {
        assertThat(bus.isUp()).isFalse();
        bus.start(heard::add);

        listening().close();

        SilentPostgres.sendNotification(listening(), message());
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.Missed());
        assertThat(heard.poll(20, TimeUnit.SECONDS))
                .as("missed something meanwhile")
                .isEqualTo(new Signal.Missed());
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.WakeUp(user, 7, null));
    }

    @Test
    void reachesItsOwnNodeAtOnceEvenIfItCannotSend() {
        bus.start(heard::add);
        var signal = new Signal.WakeUp(user, 7, Frame.logged(7, "", "{}"));

        bus.publish(signal);

        assertThat(heard).contains(signal);
    }

    @Test
    void neverBlocksNorGrowsWhenItCannotSend() {
        bus.start(heard::add);

        for (int i = 0; i < 50_000; i++) {
            bus.publish(new Signal.Hint(user, "typing", "{}"));
        }

        assertThat(heard).hasSizeGreaterThanOrEqualTo(50_000);
        assertThat(bus.dropped()).isGreaterThan(30_000);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        bus.start(heard::add);
        listening();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Signal.Missed());

        bus.stop();
        bus.stop();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("fleetman-bus-receiver");
        bus.publish(new Signal.Hint(user, "typing", "{}"));
        assertThat(heard).isEmpty();
    }

    private Socket listening() throws InterruptedException {
        Socket connection = database.listening().poll(20, TimeUnit.SECONDS);
        assertThat(connection).as("a connection that listens").isNotNull();
        return java.util.Objects.requireNonNull(connection);
    }

    private String message() {
        return BusMessage.encode("another node", List.of(new Signal.WakeUp(user, 7, null)), PostgresBus.MOST_BYTES)
                .get(0);
    }

    private Settings settings() {
        return SampleSettings.with(Map.of("FLEETMAN_DB_URL", database.url()));
    }

    private static DataSource poolThatIsAway() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    throw new SQLException("the pool is away");
                });
    }
}
