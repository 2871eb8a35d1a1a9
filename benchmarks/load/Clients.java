package load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All streams of this process on one thread that never blocks. Streams come from several addresses of this machine. */
final class Clients implements Stream.Sink {
    private static final int PER_ADDRESS = 10_000;
    private static final int OPENED_AT_ONCE = 32;

    /** Told of each text on the reading thread. */
    interface Texts {
        void arrived(Stream stream, int number, long nanos);
    }

    final List<Stream> streams = new ArrayList<>();
    final AtomicInteger up = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    volatile long lastUp;
    volatile Texts texts = (stream, number, nanos) -> {};
    final org.HdrHistogram.Histogram connectMicros = new org.HdrHistogram.Histogram(60_000_000L, 3);

    private final InetSocketAddress server;
    private final Target target;
    private final Selector selector = Selector.open();
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final byte[] scratch = new byte[512 * 1024];
    private final SocketChannel[] channels;
    private final boolean[] deaf;
    private final ArrayDeque<Stream> waiting = new ArrayDeque<>();
    private final Thread thread;
    private int pending;
    private int window = Integer.MAX_VALUE;

    Clients(InetSocketAddress server, Target target, int first, int count) throws IOException {
        this.server = server;
        this.target = target;
        this.channels = new SocketChannel[count];
        this.deaf = new boolean[count];
        for (int i = 0; i < count; i++) {
            streams.add(new Stream(first + i, target.numbered(), this));
        }
        this.base = first;
        this.thread = Thread.ofPlatform().daemon().name("clients").start(this::run);
    }

    private final int base;

    /** Opens these streams, as many at the same time as the window says, and waits until each is up or has failed. */
    long connect(List<Stream> which, int atOnce, long limitSeconds) throws InterruptedException {
        long start = System.nanoTime();
        int before = up.get() + failed.get();
        jobs.add(() -> {
            window = atOnce;
            waiting.addAll(which);
        });
        selector.wakeup();
        long deadline = start + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (up.get() + failed.get() < before + which.size() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        return (lastUp - start) / 1_000;
    }

    /** These do not read any more, and say so to the server by a small window; call it before they connect. */
    void makeDeaf(int from, int to) {
        java.util.Arrays.fill(deaf, from, to, true);
    }

    /** Deaf ones listen again. */
    void hear(int from, int to) throws InterruptedException {
        onThread(() -> {
            for (int i = from; i < to; i++) {
                deaf[i] = false;
                SelectionKey key = channels[i] == null ? null : channels[i].keyFor(selector);
                if (key != null && key.isValid()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
        });
    }

    /** Cuts all with RST and no word. */
    void kill(List<Stream> which) throws InterruptedException {
        onThread(() -> {
            for (Stream stream : which) {
                SocketChannel channel = channels[stream.user - base];
                if (channel != null) {
                    try {
                        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                        channel.close();
                    } catch (IOException e) {
                        // it is gone, as it should be
                    }
                    channels[stream.user - base] = null;
                    stream.again();
                    up.decrementAndGet();
                }
            }
        });
    }

    private void onThread(Runnable job) throws InterruptedException {
        var done = new CountDownLatch(1);
        jobs.add(() -> {
            job.run();
            done.countDown();
        });
        selector.wakeup();
        done.await();
    }

    private void run() {
        try {
            while (true) {
                boolean mayOpen = !waiting.isEmpty() && pending < window;
                if (mayOpen) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready, 100);
                }
                for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
                    job.run();
                }
                for (int i = 0; i < OPENED_AT_ONCE && pending < window && !waiting.isEmpty(); i++) {
                    start(waiting.poll()); // in between, those that are connected send their requests
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void start(Stream stream) {
        int index = stream.user - base;
        pending++;
        stream.askedAt = System.nanoTime();
        try {
            SocketChannel channel = SocketChannel.open();
            channels[index] = channel;
            channel.configureBlocking(false);
            if (deaf[index]) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            }
            int address = 1 + index / PER_ADDRESS;
            channel.bind(new InetSocketAddress("127.0.0." + (1 + address), 0));
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_CONNECT, stream);
        } catch (IOException e) {
            fail(stream, e.toString());
        }
    }

    private void ready(SelectionKey key) {
        Stream stream = (Stream) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                ByteBuffer request = ByteBuffer.wrap(target.open(stream.user, stream.lastIdText));
                channel.write(request);
                if (request.hasRemaining()) {
                    throw new IOException("the request did not fit");
                }
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                throw new IOException("ended");
            }
            buffer.flip();
            stream.read(buffer, scratch, System.nanoTime());
            if (deaf[stream.user - base] && stream.open) {
                key.interestOps(0);
            }
        } catch (IOException | RuntimeException e) {
            key.cancel();
            fail(stream, e.toString());
        }
    }

    private void fail(Stream stream, String why) {
        SocketChannel channel = channels[stream.user - base];
        channels[stream.user - base] = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // gone anyway
            }
        }
        if (stream.open) {
            stream.open = false;
            stream.ended = true;
            ended.incrementAndGet();
        } else {
            pending--;
            if (failed.incrementAndGet() <= 3) {
                System.err.println("stream " + stream.user + ": " + why);
            }
        }
    }

    @Override
    public void connected(Stream stream, long nanos) {
        pending--;
        lastUp = nanos;
        up.incrementAndGet();
        connectMicros.recordValue(Math.max(0, (nanos - stream.askedAt) / 1_000));
    }

    @Override
    public void refused(Stream stream, String status) {
        throw new IllegalStateException("answered with " + status);
    }

    @Override
    public void text(Stream stream, int number, long nanos) {
        texts.arrived(stream, number, nanos);
    }

    int sum(java.util.function.ToIntFunction<Stream> of) {
        return streams.stream().mapToInt(of).sum();
    }

    long events() {
        return streams.stream().mapToLong(stream -> stream.events).sum();
    }
}
