package load;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server under test: what a client of it says. Streams are numbered from 0; each number is a user of its own. */
interface Target {
    /** The request that opens a stream; {@code lastId} is empty for a new one. */
    byte[] open(int user, String lastId);

    /** The request that makes the server tell one user a text. */
    byte[] publish(int user, String text);

    /** The request that makes the server tell everybody a text, or null if it has none. */
    byte[] broadcast(String text);

    /** Whether {@code id:} counts 1, 2, 3 for each user, so that a gap shows. */
    boolean numbered();

    /** Events on all streams together for each text that is published. */
    int eventsPerText();

    /** @param users tokens, one a user; needed by FleetMan only */
    static Target of(String kind, String host, List<String> tokens, String admin, int users) {
        return switch (kind) {
            case "fleetman" -> new FleetMan(host, tokens, admin);
            case "nchan" -> new Plain(host, "/sub?user=%d", "/pub?user=%d", "/pub?user=all");
            case "node" -> new Plain(host, "/stream?user=%d", "/publish?user=%d", "/broadcast");
            default -> throw new IllegalArgumentException("unknown target " + kind);
        };
    }

    static byte[] post(String host, String path, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                + headers + "Content-Length: " + bytes.length + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(first, first.length + bytes.length);
        System.arraycopy(bytes, 0, all, first.length, bytes.length);
        return all;
    }

    static byte[] get(String host, String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/event-stream\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The public REST API: a message from the user before to the one after, who are contacts. It becomes a notification
     * and a chat message for the recipient and a chat message for the sender's own devices.
     */
    final class FleetMan implements Target {
        private final String host;
        private final List<String> tokens;
        private final String admin;
        private final String[] ids;

        FleetMan(String host, List<String> tokens, String admin) {
            this.host = host;
            this.tokens = tokens;
            this.admin = admin;
            this.ids = tokens.stream().map(FleetMan::subject).toArray(String[]::new);
        }

        /** {@code sub} of a token. */
        private static String subject(String token) {
            String claims = new String(
                    java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
            int at = claims.indexOf("\"sub\":\"") + 7;
            return claims.substring(at, claims.indexOf('"', at));
        }

        private String bearer(int user) {
            return "Authorization: Bearer " + tokens.get(user) + "\r\n";
        }

        @Override
        public byte[] open(int user, String lastId) {
            String resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            return get(host, "/api/v1/notifications/stream", bearer(user) + resume);
        }

        @Override
        public byte[] publish(int user, String text) {
            int sender = (user + tokens.size() - 1) % tokens.size();
            return post(
                    host,
                    "/api/v1/messages",
                    bearer(sender),
                    "{\"recipientId\":\"" + ids[user] + "\",\"content\":\"" + text + "\"}");
        }

        @Override
        public byte[] broadcast(String text) {
            return admin.isEmpty()
                    ? null
                    : post(
                            host,
                            "/api/v1/admin/announcements",
                            "Authorization: Bearer " + admin + "\r\n",
                            "{\"title\":\"benchmark\",\"message\":\"" + text + "\"}");
        }

        @Override
        public boolean numbered() {
            return true;
        }

        @Override
        public int eventsPerText() {
            return 3;
        }
    }

    /** A server without users, log or rights: the text goes from the request into the stream. */
    record Plain(String host, String stream, String pub, String all) implements Target {
        @Override
        public byte[] open(int user, String lastId) {
            return get(host, stream.formatted(user), "");
        }

        @Override
        public byte[] publish(int user, String text) {
            return post(host, pub.formatted(user), "", "{\"content\":\"" + text + "\"}");
        }

        @Override
        public byte[] broadcast(String text) {
            return post(host, all, "", "{\"content\":\"" + text + "\"}");
        }

        @Override
        public boolean numbered() {
            return false;
        }

        @Override
        public int eventsPerText() {
            return 1;
        }
    }
}
