package com.fleetman.stream;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The bus over the pub/sub of Redis or Valkey, for more nodes than PostgreSQL should carry the signals of. What concerns
 * one user goes to the channel of the user's bucket, which only nodes listen to that have somebody there; everything
 * else goes to a channel of all. One connection sends, another one listens, and neither comes from a pool.
 */
class RedisBus implements ClusterBus {
    private static final Logger LOG = Logger.getLogger(RedisBus.class.getName());
    private static final String ALL = "fleetman:all";
    private static final String BUCKET = "fleetman:user:";
    private static final int MOST_BYTES = 65_536;
    private static final int RETRY_MS = 250;
    private static final int RETRY_MOST_MS = 4_000;

    private final String node;
    private final RedisAddress address;
    private final int pingMs;
    private final Interest interest = new Interest();
    private final BusMetrics metrics;
    private final Outbox outbox;
    private volatile @Nullable Consumer<Signal> listener;
    private volatile @Nullable RedisSubscription subscription;
    private volatile boolean stopped;
    private @Nullable Connection sending;
    private @Nullable Thread receiver;
    private @Nullable Thread keeper;

    RedisBus(URI uri, String node, BusMetrics metrics) {
        this(uri, node, 3_000, metrics);
    }

    /** @param pingMs how often the listening connection must prove that the server is still there; three are forgiven */
    RedisBus(URI uri, String node, int pingMs, BusMetrics metrics) {
        this.node = node;
        this.metrics = metrics;
        this.outbox = new Outbox(this::send, metrics);
        this.pingMs = pingMs;
        this.address = new RedisAddress(uri, node, 3 * pingMs);
    }

    static String channel(UUID userId) {
        return channel(Interest.bucket(userId));
    }

    static String channel(int bucket) {
        return BUCKET + bucket;
    }

    @Override
    public void publish(Signal signal) {
        deliver(signal);
        outbox.add(signal);
    }

    @Override
    public void start(Consumer<Signal> to) {
        listener = to;
        outbox.start();
        receiver = Thread.ofPlatform().daemon().name("fleetman-bus-receiver").start(this::receive);
        keeper = Thread.ofPlatform().daemon().name("fleetman-bus-keeper").start(this::keep);
    }

    @Override
    public void stop() {
        stopped = true;
        listener = null;
        outbox.stop();
        RedisSubscription current = subscription;
        if (current != null) {
            current.close();
        }
        Outbox.end(receiver);
        Outbox.end(keeper);
        close(sending);
    }

    @Override
    public void hold(UUID userId) {
        if (interest.add(userId)) {
            interestChanged();
        }
    }

    @Override
    public void release(UUID userId) {
        if (interest.remove(userId)) {
            interestChanged();
        }
    }

    private void interestChanged() {
        synchronized (interest) {
            interest.notifyAll();
        }
    }

    @Override
    public boolean isUp() {
        RedisSubscription current = subscription;
        return current != null && current.isReady() && !outbox.isFailing();
    }

    @Override
    public long dropped() {
        return outbox.dropped();
    }

    private void send(List<Signal> signals) {
        Connection connection = sending;
        try {
            if (connection == null) {
                connection = address.connect();
                sending = connection;
            }
            int sent = 0;
            for (Map.Entry<String, List<Signal>> channel : byChannel(signals).entrySet()) {
                for (String text : BusMessage.encode(node, channel.getValue(), MOST_BYTES)) {
                    connection.sendCommand(Protocol.Command.PUBLISH, channel.getKey(), text);
                    sent++;
                }
            }
            // The answers to several commands hold refusals (no permission for a channel) instead of throwing them.
            for (Object answer : sent > 0 ? connection.getMany(sent) : List.of()) {
                if (answer instanceof JedisDataException refusal) {
                    throw refusal;
                }
            }
        } catch (RuntimeException e) {
            close(connection);
            sending = null;
            throw e;
        }
    }

    private static Map<String, List<Signal>> byChannel(List<Signal> signals) {
        var channels = new TreeMap<String, List<Signal>>();
        for (Signal signal : signals) {
            String channel = switch (signal) {
                case Signal.WakeUp wakeUp -> channel(wakeUp.userId());
                case Signal.Hint hint -> channel(hint.userId());
                case Signal.Held held -> channel(held.userId());
                default -> ALL;
            };
            channels.computeIfAbsent(channel, name -> new ArrayList<>()).add(signal);
        }
        return channels;
    }

    private void receive() {
        int failures = 0;
        while (!stopped) {
            var attempt = new RedisSubscription(ALL, this::heard, this::listens);
            try (Connection connection = address.connect()) {
                subscription = attempt;
                attempt.listen(connection, interest.wanted());
            } catch (RuntimeException e) {
                failures = attempt.isReady() ? 0 : failures + 1;
                if (!stopped) {
                    LOG.log(
                            Level.WARNING,
                            () -> "cluster bus lost its connection to " + address + ", tries again: " + e.getMessage());
                    pause(failures);
                }
            } finally {
                attempt.close();
                metrics.listens(false);
            }
        }
    }

    /** Asks the server for a sign of life, and for what this node wants to hear when that has changed. */
    private void keep() {
        try {
            while (!stopped) {
                synchronized (interest) {
                    interest.wait(pingMs);
                }
                TimeUnit.MILLISECONDS.sleep(2); // many clients come at once
                RedisSubscription current = subscription;
                if (current != null && current.isReady()) {
                    current.follow(interest.wanted());
                }
            }
        } catch (InterruptedException e) {
            // stopped
        }
    }

    private void listens() {
        metrics.listens(true);
        deliver(new Signal.Missed());
    }

    private void heard(String text) {
        try {
            List<Signal> signals = BusMessage.decode(text, node);
            metrics.received(signals.size());
            signals.forEach(this::deliver);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "cluster bus got a message it does not understand", e);
        }
    }

    private void deliver(Signal signal) {
        Consumer<Signal> to = listener;
        if (to != null) {
            to.accept(signal);
        }
    }

    private static void pause(int failures) {
        int most = Math.min(RETRY_MOST_MS, RETRY_MS << Math.min(failures, 4));
        try {
            TimeUnit.MILLISECONDS.sleep(most / 2 + ThreadLocalRandom.current().nextInt(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (RuntimeException e) {
                LOG.log(Level.FINE, "closing the bus", e);
            }
        }
    }
}
