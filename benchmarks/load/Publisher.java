package load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sends requests over a few connections that stay open, those of one user one after the other. Remembers for each text
 * when it was sent and when it was answered.
 */
final class Publisher implements AutoCloseable {
    private record Job(int number, byte[] request) {}

    final AtomicLongArray sent;
    final AtomicLongArray answered;
    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    private final InetSocketAddress server;
    private final BlockingQueue<Job>[] queues;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Publisher(InetSocketAddress server, int texts, int connections) {
        this.server = server;
        this.sent = new AtomicLongArray(texts);
        this.answered = new AtomicLongArray(texts);
        this.queues = new BlockingQueue[connections];
        for (int i = 0; i < connections; i++) {
            var queue = new LinkedBlockingQueue<Job>();
            queues[i] = queue;
            Thread.ofPlatform().daemon().name("publisher-" + i).start(() -> run(queue));
        }
    }

    void publish(int number, int user, byte[] request) {
        queues[user % queues.length].add(new Job(number, request));
    }

    private void run(BlockingQueue<Job> queue) {
        try {
            Job job = queue.take();
            while (job.number >= 0) {
                job = oneConnection(queue, job);
            }
        } catch (IOException e) {
            System.err.println("publisher: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works until the server wants a new connection, and tells the first job that has not been sent. */
    private Job oneConnection(BlockingQueue<Job> queue, Job first) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(server);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8_192);
            Job job = first;
            boolean goesOn = true;
            while (job.number >= 0 && goesOn) {
                sent.set(job.number, System.nanoTime());
                socket.getOutputStream().write(job.request);
                Answer answer = Answer.read(in);
                answered.set(job.number, System.nanoTime());
                if (answer.status >= 300 && refused.incrementAndGet() <= 3) {
                    System.err.println("text " + job.number + " was answered with " + answer.status);
                }
                done.incrementAndGet();
                goesOn = !answer.last;
                job = queue.take();
            }
            return job;
        }
    }

    private record Answer(int status, boolean last) {
        /** Reads one answer to its end. */
        static Answer read(InputStream in) throws IOException {
            int status = 0;
            long length = 0;
            boolean chunked = false;
            boolean last = false;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String lower = line.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("http/1.1 ")) {
                    status = Integer.parseInt(line.substring(9, 12));
                } else if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(line.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = true;
                } else if (lower.equals("connection: close")) {
                    last = true;
                }
            }
            if (chunked) {
                int size;
                do {
                    size = Integer.parseInt(line(in), 16);
                    in.skipNBytes(size);
                    line(in);
                } while (size != 0);
            } else {
                in.skipNBytes(length);
            }
            return new Answer(status, last);
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server ended the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        for (BlockingQueue<Job> queue : queues) {
            queue.add(new Job(-1, new byte[0]));
        }
    }
}
