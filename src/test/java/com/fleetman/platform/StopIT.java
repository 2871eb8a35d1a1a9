package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import com.fleetman.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is told to stop finishes what it has begun. */
@InContainer
@Tag("once")
class StopIT {
    /** Longer than Tomcat waits by itself. */
    private static final Duration SLOW = Duration.ofSeconds(4);

    @Test
    void aRequestThatIsUnderWayIsAnswered() throws Exception {
        Account[] users = Account.friends(Node.first(), "Lenta", "Espera");
        try (Connection other = TestDatabase.connect()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement("select user_id from inbox where user_id = ? for update")) {
                lock.setObject(1, users[1].id());
                lock.execute();
            }
            CompletableFuture<Account.Answer> sent = Background.supply(
                    () -> users[0].post("messages", Map.of("recipientId", users[1].id(), "content", "hasta el final")));
            await("the request to wait for the inbox")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Rows.number("select count(*) from pg_locks where not granted") > 0);

            CompletableFuture<Void> stopped = Background.run(Node.first()::stop);
            await("the server to wait for the request")
                    .during(SLOW)
                    .atMost(SLOW.plusSeconds(2))
                    .until(() -> !sent.isDone() && !stopped.isDone());
            other.rollback();

            assertThat(sent.get(1, TimeUnit.MINUTES).status()).isEqualTo(200);
            stopped.get(2, TimeUnit.MINUTES);
        }
    }
}
