package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fleetman.platform.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Messages from one user to another, one after the other, each tried again with its key until it is acknowledged. */
public final class Traffic {
    /** How a request reaches the API: straight, or through a proxy. */
    @FunctionalInterface
    public interface Route {
        /**
         * @param path below {@code api/v1/}
         * @param headers names and values in turn
         * @throws IOException if there is no answer
         */
        HttpResponse<String> exchange(String method, String path, String body, String... headers) throws IOException;
    }

    private final Route route;
    private final Account from;
    private final Account to;
    private final List<Integer> statusesWhileAway;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> running;
    private volatile boolean stop;

    /** @param statusesWhileAway what may be answered, beside an acknowledgement, while the application is not there */
    public Traffic(Route route, Account from, Account to, List<Integer> statusesWhileAway) {
        this.route = route;
        this.from = from;
        this.to = to;
        this.statusesWhileAway = statusesWhileAway;
        this.running = Background.run(this::run);
    }

    private void run() {
        for (int i = 0; !stop; i++) {
            String key = UUID.randomUUID().toString();
            while (!isAcknowledged(key, "mensaje " + i)) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean isAcknowledged(String key, String content) {
        HttpResponse<String> answer;
        try {
            answer = route.exchange(
                    "POST",
                    "messages",
                    Json.write(Map.of("recipientId", to.id(), "content", content)),
                    "Authorization",
                    "Bearer " + from.token(),
                    "Idempotency-Key",
                    key);
        } catch (IOException e) {
            return false;
        }
        if (answer.statusCode() == 200 && answer.body().contains(saying(content))) {
            acknowledged.add(content);
            return true;
        }
        assertThat(statusesWhileAway).as(answer.body()).contains(answer.statusCode());
        return false;
    }

    /** What stands in an acknowledgement of that content, and in no other answer. */
    private static String saying(String content) {
        return "\"content\":" + Json.write(content);
    }

    public void awaitMore(int messages) {
        int enough = acknowledged.size() + messages;
        await("acknowledged messages")
                .atMost(Duration.ofMinutes(3))
                .until(() -> acknowledged.size() >= enough || running.isDone());
        if (running.isDone()) {
            running.join();
        }
    }

    /** The contents of all that were acknowledged, in their order. */
    public List<String> end() {
        stop = true;
        running.orTimeout(180, TimeUnit.SECONDS).join();
        return acknowledged;
    }
}
