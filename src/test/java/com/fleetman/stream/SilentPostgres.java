package com.fleetman.stream;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Just enough of a PostgreSQL server to be listened to (its frontend/backend protocol 3.0, simple queries): it can
 * send notifications, and it can fall silent without closing a connection, as a machine does that loses its power.
 */
final class SilentPostgres implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Socket> listening = new LinkedBlockingQueue<>();
    private volatile boolean silent;

    SilentPostgres() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getLocalPort()
                + "/test?sslmode=disable&gssEncMode=disable&preferQueryMode=simple";
    }

    /** The next connection on which a client has begun to listen. */
    BlockingQueue<Socket> listening() {
        return listening;
    }

    /** From now on every connection stays open and gets no answer; new ones do. */
    void fallSilent() {
        silent = true;
    }

    static void sendNotification(Socket to, String payload) throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 0, 0, 1});
        body.writeBytes((PostgresBus.CHANNEL + "\0" + payload + "\0").getBytes(StandardCharsets.UTF_8));
        send(new DataOutputStream(to.getOutputStream()), 'A', body.toByteArray());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                silent = false;
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(client.getOutputStream());
            in.readNBytes(in.readInt() - 4);
            send(out, 'R', new byte[4]);
            send(out, 'S', "server_version\00018.0\0".getBytes(StandardCharsets.US_ASCII));
            send(out, 'S', "client_encoding\0UTF8\0".getBytes(StandardCharsets.US_ASCII));
            send(out, 'S', "standard_conforming_strings\0on\0".getBytes(StandardCharsets.US_ASCII));
            send(out, 'S', "integer_datetimes\0on\0".getBytes(StandardCharsets.US_ASCII));
            send(out, 'S', "DateStyle\0ISO\0".getBytes(StandardCharsets.US_ASCII));
            send(out, 'Z', new byte[] {'I'});
            while (in.readByte() == 'Q') {
                byte[] query = in.readNBytes(in.readInt() - 4);
                if (silent) {
                    continue;
                }
                answer(out, new String(query, 0, query.length - 1, StandardCharsets.UTF_8));
                if (new String(query, StandardCharsets.UTF_8).startsWith("listen")) {
                    listening.add(client);
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static void answer(DataOutputStream out, String query) throws IOException {
        if (query.isBlank()) {
            send(out, 'I', new byte[0]);
        } else {
            send(out, 'C', "SET\0".getBytes(StandardCharsets.US_ASCII));
        }
        send(out, 'Z', new byte[] {'I'});
    }

    private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeByte(type);
        data.writeInt(body.length + 4);
        data.write(Arrays.copyOf(body, body.length));
        out.write(message.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
