package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** How many streams there may be: 10 for a user, and 60 on a node as the tests set it. */
@InContainer(probes = true)
class LimitsIT {
    @Test
    void theOldestStreamOfAUserGivesWay() {
        Account user = Account.register(Node.first(), "Muchos");
        var streams = new ArrayList<EventStream>();
        try {
            for (int i = 0; i < 12; i++) {
                streams.add(EventStream.open(user).awaitConnected());
            }
            for (EventStream oldest : streams.subList(0, 2)) {
                EventStream.Event last = oldest.awaitNamed("superseded");
                assertThat(last.data().get("reason").asText()).isEqualTo("too_many_streams");
                assertThat(last.id()).isNull();
                oldest.awaitEnd();
                assertThat(oldest.retry())
                        .as("or they would push each other out for ever")
                        .isEqualTo("3600000");
            }
            for (EventStream young : streams.subList(2, 12)) {
                young.awaitComment();
                assertThat(young.isEnded()).isFalse();
            }
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void aFullNodeSendsClientsAway() {
        var streams = new ArrayList<EventStream>();
        try {
            Account user = Account.register(Node.first(), "Llena");
            int refused = 0;
            for (int i = 0; i < 70; i++) {
                if (i % 10 == 0) {
                    user = Account.register(Node.first(), "Llena " + i);
                }
                EventStream stream = EventStream.openUnread(user, "", 0);
                streams.add(stream);
                if (stream.status() == 503) {
                    refused++;
                    assertThat(stream.head())
                            .contains("Retry-After: 5\n")
                            .contains("Content-Type: application/problem+json\n");
                }
            }
            assertThat(refused).isGreaterThanOrEqualTo(10);
        } finally {
            streams.forEach(EventStream::close);
        }
        StreamProbe.Outside.awaitOpen(Node.first(), 0);
    }
}
