import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how long a message takes from its POST to the recipient's open stream, against the time of the POST's own
 * answer. Arguments: address of the server (default http://127.0.0.1:8080), number of messages (default 1000).
 */
public final class MessageLatency {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"m(\\d+)\"");

    private MessageLatency() {}

    public static void main(String[] arguments) throws Exception {
        String base = (arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080") + "/api/v1/";
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        String owner = login(base, "owner@fleetman.example");
        String provider = login(base, "provider@fleetman.example");
        BlockingQueue<long[]> arrivals = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> read(base, field(provider, "token"), arrivals));
        await(arrivals, -1);
        String recipient = field(provider.substring(provider.indexOf("\"user\"")), "id");
        int warmUp = messages / 5;
        long[] toEvent = new long[messages];
        long[] toAnswer = new long[messages];
        for (int i = 0; i < warmUp + messages; i++) {
            long start = System.nanoTime();
            send(base, field(owner, "token"), recipient, "m" + i);
            long answered = System.nanoTime();
            long arrived = await(arrivals, i);
            if (i >= warmUp) {
                toEvent[i - warmUp] = arrived - start;
                toAnswer[i - warmUp] = answered - start;
            }
        }
        print("POST to event ", toEvent);
        print("POST to answer", toAnswer);
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s  median %.2f ms  p90 %.2f ms  p99 %.2f ms  max %.2f ms  (%d messages)%n",
                what, ms(nanos, 0.5), ms(nanos, 0.9), ms(nanos, 0.99), ms(nanos, 1), nanos.length);
    }

    private static double ms(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))] / 1e6;
    }

    private static long await(BlockingQueue<long[]> arrivals, long number) throws InterruptedException {
        long[] arrival = arrivals.poll(10, TimeUnit.SECONDS);
        while (arrival != null && arrival[0] != number) {
            arrival = arrivals.poll(10, TimeUnit.SECONDS);
        }
        if (arrival == null) {
            throw new IllegalStateException("message " + number + " did not arrive within 10 s");
        }
        return arrival[1];
    }

    private static void read(String base, String token, BlockingQueue<long[]> arrivals) {
        var request = HttpRequest.newBuilder(URI.create(base + "notifications/stream"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (var lines = new BufferedReader(new InputStreamReader(
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                Matcher message = CONTENT.matcher(line);
                if (message.find()) {
                    arrivals.add(new long[] {Long.parseLong(message.group(1)), now});
                } else if (line.contains("\"type\":\"connected\"")) {
                    arrivals.add(new long[] {-1, now});
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String login(String base, String email) throws IOException, InterruptedException {
        return post(base + "auth/login", "", "{\"email\":\"" + email + "\",\"password\":\"fleetman-demo\"}");
    }

    private static void send(String base, String token, String recipient, String content)
            throws IOException, InterruptedException {
        post(
                base + "messages",
                token,
                "{\"recipientId\":\"" + recipient + "\",\"content\":\"" + content + "\"}");
    }

    private static String post(String uri, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return field.group(1);
    }
}
