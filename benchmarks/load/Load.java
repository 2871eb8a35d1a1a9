package load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The load program: {@code Load SCENARIO --name value ...}. Which scenarios there are, and with which settings, is told by
 * {@code benchmarks/run}. Exit code 1 if an event was lost, doubled or out of order, or a client was refused.
 */
public final class Load {
    private final Map<String, String> settings;
    private final Report report = new Report();
    private final InetSocketAddress address;
    private final Target target;
    private final Server server;
    private final Clients clients;
    private final int streams;
    private boolean bad;

    private Load(Map<String, String> settings) throws IOException {
        this.settings = settings;
        this.address = new InetSocketAddress("127.0.0.1", number("port", 8080));
        this.streams = number("streams", 1_000);
        List<String> tokens = settings.containsKey("tokens") ? Files.readAllLines(Path.of(text("tokens", ""))) : List.of();
        this.target = Target.of(
                text("target", "fleetman"), "127.0.0.1:" + address.getPort(), tokens, text("admin", ""), streams);
        this.server = new Server(number("pid", 0), number("database-pid", 0));
        this.clients = new Clients(address, target, number("first", 0), streams);
    }

    public static void main(String[] arguments) throws Exception {
        var settings = new HashMap<String, String>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            settings.put(arguments[i].substring(2), arguments[i + 1]);
        }
        var load = new Load(settings);
        load.report.add("scenario", arguments[0]);
        load.report.add("target", load.text("target", "fleetman"));
        load.report.add("streams", load.streams);
        switch (arguments[0]) {
            case "idle" -> load.idle();
            case "random" -> load.random();
            case "broadcast" -> load.broadcast();
            case "slow" -> load.slow();
            case "storm" -> load.storm();
            case "kill" -> load.kill();
            case "reconnect" -> load.reconnect();
            case "smoke" -> load.smoke();
            default -> throw new IllegalArgumentException("unknown scenario " + arguments[0]);
        }
        load.verdict();
        load.report.print(load.text("json", ""));
        load.clients.kill(load.clients.streams); // with RST, so that their ports are free for the next run
        System.exit(load.bad ? 1 : 0);
    }

    private String text(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(settings.getOrDefault(name, Integer.toString(otherwise)));
    }

    // Scenarios

    private void idle() throws Exception {
        Server.Sample before = server.sample(true);
        connect(number("at-once", 256));
        TimeUnit.SECONDS.sleep(number("settle", 5));
        Server.Sample after = server.sample(true);
        TimeUnit.SECONDS.sleep(number("seconds", 5));
        Server.Sample later = server.sample(false);
        report.add("rss before KiB", before.rssKiB());
        report.add("rss after KiB", after.rssKiB());
        report.add("rss per stream KiB", (after.rssKiB() - before.rssKiB()) / (double) streams);
        report.add("heap per stream KiB", (after.heapKiB() - before.heapKiB()) / (double) streams);
        report.add("heap after KiB", after.heapKiB());
        report.add("cpu s of " + number("seconds", 5) + " s idle", later.cpuSeconds() - after.cpuSeconds());
        report.add("threads", later.threads());
    }

    private void random() throws Exception {
        connect(256);
        int rate = Math.max(1, number("deliveries", 2_000) / target.eventsPerText());
        publish("warm-up", rate, rate * number("warm-up", 5), false);
        publish("", rate, rate * number("seconds", 20), true);
    }

    private void broadcast() throws Exception {
        connect(256);
        int rounds = number("rounds", 10);
        var last = new Histogram(600_000_000L, 3);
        var sinceAnswer = new Histogram(600_000_000L, 3);
        for (int round = -2; round < rounds; round++) {
            int number = round + 2;
            byte[] request = target.broadcast("~" + number + "~");
            if (request == null) {
                throw new IllegalStateException("this target has no broadcast");
            }
            var arrived = new AtomicInteger();
            long[] lastAt = new long[1];
            clients.texts = (stream, text, nanos) -> {
                if (text == number) {
                    lastAt[0] = nanos;
                    arrived.incrementAndGet();
                }
            };
            try (var publisher = new Publisher(address, rounds + 2, 1)) {
                publisher.publish(number, 0, request);
                await(() -> arrived.get() >= streams && publisher.done.get() == 1, 30);
                if (round >= 0) {
                    last.recordValue((lastAt[0] - publisher.sent.get(number)) / 1_000);
                    sinceAnswer.recordValue(Math.max(0, (lastAt[0] - publisher.answered.get(number)) / 1_000));
                }
                bad |= arrived.get() != streams;
                if (arrived.get() != streams) {
                    report.add("round " + round + " missed", streams - arrived.get());
                }
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        report.add("last client after sending", last);
        report.add("last client after the answer", sinceAnswer);
    }

    /** Some clients never read, some texts to everybody; then the same without them. */
    private void slow() throws Exception {
        int deaf = number("deaf", streams / 10);
        int each = number("events", 20);
        int bytes = number("bytes", 10_000);
        String filling = "x".repeat(bytes);
        connectSome(clients.streams.subList(deaf, streams), 256);
        everybody("without", deaf, each, filling);
        clients.makeDeaf(0, deaf);
        clients.connect(clients.streams.subList(0, deaf), 256, 60);
        Server.Sample before = server.sample(true);
        everybody("with", deaf, each, filling);
        Server.Sample after = server.sample(true);
        report.add("heap per deaf stream KiB", (after.heapKiB() - before.heapKiB()) / (double) deaf);
        report.add("rss per deaf stream KiB", (after.rssKiB() - before.rssKiB()) / (double) deaf);
        int endedBefore = clients.ended.get();
        clients.hear(0, deaf);
        TimeUnit.SECONDS.sleep(5);
        report.add("deaf streams that were cut", clients.ended.get() - endedBefore);
        List<Stream> cut = clients.streams.subList(0, deaf).stream().filter(stream -> stream.ended).toList();
        clients.ended.addAndGet(-cut.size());
        cut.forEach(Stream::again);
        clients.up.addAndGet(-cut.size());
        clients.connect(cut, 64, 60);
        if (target.numbered()) {
            await(() -> clients.streams.subList(0, deaf).stream()
                    .allMatch(stream -> stream.events >= 2L * each), 60);
            report.add(
                    "deaf streams that have everything in the end",
                    clients.streams.subList(0, deaf).stream()
                            .filter(stream -> stream.events >= 2L * each)
                            .count());
        }
    }

    private void everybody(String what, int deaf, int each, String filling) throws Exception {
        int texts = streams * each;
        var latency = new ConcurrentHistogram(600_000_000L, 3);
        int expected = (streams - deaf) * each;
        var arrived = new AtomicInteger();
        byte[] seen = new byte[texts];
        try (var publisher = new Publisher(address, texts, number("connections", 16))) {
            clients.texts = (stream, number, nanos) -> {
                if (number % streams == stream.user && seen[number]++ == 0 && stream.user >= deaf) {
                    latency.recordValue((nanos - publisher.sent.get(number)) / 1_000);
                    arrived.incrementAndGet();
                }
            };
            long start = System.nanoTime();
            int rate = number("rate", 500);
            for (int i = 0; i < texts; i++) {
                pace(start, i, rate);
                int user = i % streams;
                publisher.publish(i, user, target.publish(user, "~" + i + "~" + filling));
            }
            await(() -> publisher.done.get() == texts && arrived.get() == expected, 120);
            bad |= publisher.refused.get() > 0 || arrived.get() != expected;
            report.add(what + " slow ones: lost by the others", expected - arrived.get());
            report.add(what + " slow ones: latency of the others", latency);
        }
    }

    private void storm() throws Exception {
        double cpu = server.sample(false).cpuSeconds();
        connect(Integer.MAX_VALUE);
        report.add("server cpu s", server.sample(false).cpuSeconds() - cpu);
    }

    /** All clients vanish at once, with RST: how long until the server has let go of their sockets, and of the memory. */
    private void kill() throws Exception {
        Server.Sample empty = server.sample(true);
        connect(256);
        Server.Sample full = server.sample(true);
        clients.kill(clients.streams);
        long start = System.nanoTime();
        await(() -> descriptors() <= empty.descriptors() + 50, number("limit", 120));
        report.add("sockets freed after s", (System.nanoTime() - start) / 1e9);
        TimeUnit.SECONDS.sleep(2);
        Server.Sample freed = server.sample(true);
        report.add("sockets left", Math.max(0, freed.descriptors() - empty.descriptors()));
        report.add("heap KiB empty / full / freed", empty.heapKiB() + " / " + full.heapKiB() + " / " + freed.heapKiB());
    }

    private long descriptors() {
        try {
            return server.descriptors();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** All clients are cut, events go on meanwhile, and all come back at once and must have every one of them. */
    private void reconnect() throws Exception {
        if (!target.numbered()) {
            throw new IllegalStateException("this target keeps nothing for those who are away");
        }
        connect(256);
        int texts = number("texts", streams);
        publish("before", number("rate", 500), Math.min(texts, streams), false);
        clients.kill(clients.streams);
        long before = clients.events();
        byte[] seen = new byte[texts];
        var arrived = new AtomicInteger();
        try (var publisher = new Publisher(address, texts, number("connections", 16))) {
            clients.texts = (stream, number, nanos) -> {
                if (number < texts && number % streams == stream.user && seen[number]++ == 0) {
                    arrived.incrementAndGet();
                }
            };
            for (int i = 0; i < texts; i++) {
                publisher.publish(i, i % streams, target.publish(i % streams, "~" + i + "~"));
            }
            await(() -> publisher.done.get() == texts, 300);
            long start = System.nanoTime();
            double cpu = server.sample(false).cpuSeconds();
            connectSome(clients.streams, Integer.MAX_VALUE);
            await(() -> arrived.get() == texts, 120);
            report.add("everything missed is there after s", (System.nanoTime() - start) / 1e9);
            report.add("server cpu s", server.sample(false).cpuSeconds() - cpu);
            report.add("texts missed while away", texts);
            report.add("of these lost", texts - arrived.get());
            bad |= arrived.get() != texts || publisher.refused.get() > 0;
        }
        report.add("events caught up", clients.events() - before - streams);
    }

    private void smoke() throws Exception {
        connect(64);
        publish("", 50, 200, true);
        if (target.numbered()) {
            reconnect(100);
        }
    }

    private void reconnect(int texts) throws Exception {
        settings.put("texts", Integer.toString(texts));
        clients.kill(clients.streams);
        reconnect();
    }

    // Parts

    private void connect(int atOnce) throws Exception {
        connectSome(clients.streams, atOnce);
    }

    private void connectSome(List<Stream> which, int atOnce) throws Exception {
        int failedBefore = clients.failed.get();
        clients.connectMicros.reset();
        long micros = clients.connect(which, atOnce, number("connect-limit", 120));
        report.add("all up after s", micros / 1e6);
        report.add("connect", clients.connectMicros);
        int missing = which.size() - (int) which.stream().filter(stream -> stream.open).count();
        report.add("not connected", missing);
        bad |= missing > 0 || clients.failed.get() > failedBefore;
    }

    private static void pace(long start, int i, int rate) throws InterruptedException {
        long due = start + TimeUnit.SECONDS.toNanos(1) * i / rate;
        long wait = due - System.nanoTime();
        if (wait > 100_000) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    /** Texts to random users at a steady rate; each is awaited at its user's stream. */
    private void publish(String what, int rate, int texts, boolean measured) throws Exception {
        var random = new Random(42);
        int[] users = random.ints(texts, 0, streams).toArray();
        int[] counts = new int[streams];
        clients.streams.forEach(stream -> counts[stream.user] = stream.lastCount);
        byte[] seen = new byte[texts];
        var arrived = new AtomicInteger();
        var sinceSent = new ConcurrentHistogram(600_000_000L, 3);
        var sinceAnswer = new ConcurrentHistogram(600_000_000L, 3);
        long[] at = new long[texts];
        Server.Sample before = server.sample(false);
        try (var publisher = new Publisher(address, texts, number("connections", 16))) {
            clients.texts = (stream, number, nanos) -> {
                if (number < texts && users[number] == stream.user && seen[number]++ == 0) {
                    at[number] = nanos;
                    arrived.incrementAndGet();
                }
            };
            long start = System.nanoTime();
            for (int i = 0; i < texts; i++) {
                pace(start, i, rate);
                publisher.publish(i, users[i], target.publish(users[i], "~" + i + "." + ++counts[users[i]] + "~"));
            }
            double took = (System.nanoTime() - start) / 1e9;
            await(() -> publisher.done.get() == texts && arrived.get() == texts, 60);
            double drained = (System.nanoTime() - start) / 1e9;
            Server.Sample after = server.sample(false);
            bad |= publisher.refused.get() > 0 || arrived.get() != texts;
            if (!measured) {
                return;
            }
            for (int i = 0; i < texts; i++) {
                if (at[i] != 0) {
                    sinceSent.recordValue((at[i] - publisher.sent.get(i)) / 1_000);
                    sinceAnswer.recordValue(Math.max(0, (at[i] - publisher.answered.get(i)) / 1_000));
                }
            }
            report.add(what + "texts/s asked for", rate);
            report.add(what + "texts/s done", texts / drained);
            report.add(what + "deliveries/s", texts * (double) target.eventsPerText() / drained);
            report.add(what + "publishing took s", took);
            report.add(what + "lost", texts - arrived.get());
            report.add(what + "latency from sending", sinceSent);
            report.add(what + "latency above the answer", sinceAnswer);
            report.add(what + "server cpu s", after.cpuSeconds() - before.cpuSeconds());
            report.add(what + "database cpu s", after.databaseCpuSeconds() - before.databaseCpuSeconds());
        }
    }

    private static void await(java.util.function.BooleanSupplier condition, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void verdict() {
        int gaps = clients.sum(stream -> stream.gaps);
        int doubles = clients.sum(stream -> stream.doubles);
        int resets = clients.sum(stream -> stream.resets);
        report.add("gaps", gaps);
        report.add("doubles or out of order", doubles);
        report.add("resets", resets);
        report.add("streams ended by the server", clients.ended.get());
        bad |= gaps + doubles + resets + clients.ended.get() > 0;
        report.add("result", bad ? "BAD" : "ok");
    }
}
