package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A client that we did not write reads the stream, and comes back by itself after a restart. */
@InContainer
class OkHttpIT {
    @Test
    void readsEveryEventOnceAlsoOverARestart() throws Exception {
        Account[] users = Account.friends(Node.first(), "Ajena", "Propia");
        URI uri = users[1].node().baseUri().resolve("api/v1/notifications/stream");
        var strategy = ConnectStrategy.http(uri).header("Authorization", "Bearer " + users[1].token());
        try (EventSource source = new EventSource.Builder(strategy)
                .errorStrategy(com.launchdarkly.eventsource.ErrorStrategy.alwaysContinue())
                .build()) {
            MessageEvent connected = source.readMessage();
            assertThat(connected.getData()).contains("\"type\":\"connected\"");
            assertThat(connected.getLastEventId()).isEqualTo("1");
            CompletableFuture<List<MessageEvent>> received = Background.supply(() -> read(source, 41));
            for (int i = 0; i < 10; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
            Node.first().restartApplication();
            for (int i = 10; i < 20; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
            List<MessageEvent> events = received.get(60, TimeUnit.SECONDS);
            assertThat(events.stream().map(event -> Long.valueOf(event.getLastEventId())))
                    .isEqualTo(LongStream.rangeClosed(2, 41).boxed().toList());
            assertThat(events.stream().map(MessageEvent::getEventName).distinct())
                    .containsExactlyInAnyOrder("message", "chat-message");
        }
    }

    private static List<MessageEvent> read(EventSource source, long last) {
        var events = new ArrayList<MessageEvent>();
        try {
            while (events.isEmpty() || !events.getLast().getLastEventId().equals(Long.toString(last))) {
                MessageEvent event = source.readMessage();
                if (!event.getData().contains("\"type\":\"connected\"")
                        && !event.getEventName().equals("reconnect")) {
                    events.add(event);
                }
            }
        } catch (com.launchdarkly.eventsource.StreamException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }
}
