package com.fleetman.stream;

import java.util.BitSet;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;

/** One connection that listens, from its first subscription to its end. */
final class RedisSubscription extends JedisPubSub {
    private static final Logger LOG = Logger.getLogger(RedisSubscription.class.getName());

    private final String all;
    private final Consumer<String> heard;
    private final Runnable confirmed;
    private BitSet followed = new BitSet();
    private int unconfirmed;
    private volatile boolean ready;
    private volatile @Nullable Connection connection;

    /**
     * @param all the channel that every node listens to
     * @param heard takes a message, on the listening thread
     * @param confirmed told whenever all channels that were asked for are listened to; what came before may be missed
     */
    RedisSubscription(String all, Consumer<String> heard, Runnable confirmed) {
        this.all = all;
        this.heard = heard;
        this.confirmed = confirmed;
    }

    /** Listens until the connection ends, which it tells by a runtime exception. */
    void listen(Connection to, BitSet wanted) {
        connection = to;
        String[] channels = channels(wanted, all);
        synchronized (this) {
            followed = wanted;
            unconfirmed = channels.length;
        }
        proceed(to, channels);
    }

    /** Whether the server has confirmed what was asked for at first. */
    boolean isReady() {
        return ready;
    }

    /** Listens to what is wanted and no more, and has the server answer in any case. */
    void follow(BitSet wanted) {
        try {
            BitSet more = difference(wanted, followed);
            BitSet less = difference(followed, wanted);
            if (!more.isEmpty()) {
                synchronized (this) {
                    unconfirmed += more.cardinality();
                }
                subscribe(channels(more));
            }
            if (!less.isEmpty()) {
                unsubscribe(channels(less));
            }
            followed = wanted;
            ping();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "the connection is over", e); // as the listening thread will find
            close();
        }
    }

    private static BitSet difference(BitSet of, BitSet without) {
        var difference = (BitSet) of.clone();
        difference.andNot(without);
        return difference;
    }

    private static String[] channels(BitSet buckets, String... others) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(others), buckets.stream().mapToObj(RedisBus::channel))
                .toArray(String[]::new);
    }

    @Override
    public void onSubscribe(String channel, int subscribed) {
        boolean done;
        synchronized (this) {
            done = --unconfirmed == 0;
        }
        if (done) {
            ready = true;
            confirmed.run();
        }
    }

    @Override
    public void onMessage(String channel, String message) {
        heard.accept(message);
    }

    /** Ends it; the listening thread notices. */
    void close() {
        ready = false;
        Connection open = connection;
        if (open != null) {
            try {
                open.forceDisconnect();
            } catch (java.io.IOException | RuntimeException e) {
                LOG.log(Level.FINE, "closing the bus", e);
            }
        }
    }
}
