package com.fleetman.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's nginx in front of nodes, with the configuration of {@code docker/nginx} and a certificate made by its
 * script: on a random loopback port, as a child of this process, everything that it writes below {@code target/it}.
 */
public final class Nginx implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("docker/nginx").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final Path binary;
    private final int port = Processes.freePort();
    private final Process process;
    private final SSLContext trust;

    private Nginx(Path directory, Path binary, UnaryOperator<String> change, Node... nodes)
            throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.binary = binary;
        endLeftover();
        Directories.delete(directory);
        Files.createDirectories(directory.resolve("place"));
        run("sh", CONFIGURATION.resolve("make-certificate").toString(), directory.toString(), "localhost", "127.0.0.1");
        this.trust = trustOf(directory.resolve("fleetman.crt"));
        write("nginx.conf", change.apply(Files.readString(CONFIGURATION.resolve("nginx.conf"))));
        describePlace(nodes);
        String findings = run(command("-t").toArray(String[]::new));
        if (findings.contains("[warn]")) {
            throw new AssertionError("nginx warns of the configuration: " + findings);
        }
        this.process = new ProcessBuilder(command("-g", "daemon off;"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile())
                .start();
        await("nginx to listen; see " + directory)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> listens() || !process.isAlive());
    }

    /** Skips the tests where there is no nginx, or fails if {@code -Dfleetman.test.nginx=required} is set. */
    public static void require() {
        if (installed().isEmpty()) {
            String sentence = "nginx is not installed (apt-get install nginx): nothing behind a proxy is tested.";
            if ("required".equals(System.getProperty("fleetman.test.nginx"))) {
                Assertions.fail(sentence);
            }
            Assumptions.abort(sentence);
        }
    }

    /**
     * Starts an nginx of its own in front of the nodes, whether they run or not.
     *
     * @param name of its directory
     */
    public static Nginx start(String name, Node... nodes) {
        return start(name, UnaryOperator.identity(), nodes);
    }

    /** The same with a change of the configuration. */
    public static Nginx start(String name, UnaryOperator<String> change, Node... nodes) {
        try {
            return new Nginx(
                    Processes.directory().resolve("nginx-" + name), installed().orElseThrow(), change, nodes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> installed() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The files of {@code docker/nginx/place} for this machine. */
    private void describePlace(Node... nodes) throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        write("place/main.conf", """
                %s
                pid "%s";
                error_log stderr warn;
                events {
                    worker_connections 1024;
                }
                """.formatted(root ? "user root root;" : "", directory.resolve("nginx.pid")));
        var temporary = new StringBuilder("access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary.append(kind + "_temp_path \"" + directory.resolve(kind) + "\";\n");
        }
        write("place/http.conf", temporary.toString());
        var servers = new StringBuilder();
        for (Node node : nodes) {
            servers.append("server " + Node.HOST + ":" + node.port() + " max_fails=1 fail_timeout=2s;\n");
        }
        write("place/nodes.conf", servers.toString());
        String address = Node.HOST + ":" + port;
        write("place/listen.conf", """
                %s
                ssl_certificate "%s";
                ssl_certificate_key "%s";
                """.formatted(
                hasHttp2Directive() ? "listen " + address + " ssl;\nhttp2 on;" : "listen " + address + " ssl http2;",
                directory.resolve("fleetman.crt"),
                directory.resolve("fleetman.key")));
    }

    /** nginx 1.25.1 and later warn of the older form, and older ones do not know the newer. */
    private boolean hasHttp2Directive() throws IOException {
        String text = run(binary.toString(), "-v");
        Matcher version = Pattern.compile("nginx/(\\d+)\\.(\\d+)\\.(\\d+)").matcher(text);
        if (!version.find()) {
            throw new IllegalStateException("no version: " + text);
        }
        int number = 0;
        for (int i = 1; i <= 3; i++) {
            number = number * 1000 + Integer.parseInt(version.group(i));
        }
        return number >= 1_025_001;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<String>(List.of(
                binary.toString(),
                "-p",
                directory.toString(),
                "-e",
                "stderr",
                "-c",
                directory.resolve("nginx.conf").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What the command prints; it must succeed. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return output;
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static SSLContext trustOf(Path certificate) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "nginx", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        }
    }

    /** The application as clients see it: {@code https://127.0.0.1:port/fleetman/}. */
    public URI baseUri() {
        return URI.create(
                "https://" + Node.HOST + ":" + port + Node.first().baseUri().getPath());
    }

    /** A client with connections of its own that speaks HTTP/2 and trusts this nginx's certificate and no other. */
    public HttpClient newClient() {
        return newClient(Node.HOST);
    }

    /** The same from another address of the loopback interface. */
    public HttpClient newClient(String localAddress) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(trust)
                    .localAddress(InetAddress.getByName(localAddress))
                    .connectTimeout(Duration.ofSeconds(20))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path below {@code api/v1/} */
    public HttpResponse<String> exchange(HttpClient client, String method, String path, String body, String... headers)
            throws IOException {
        HttpRequest.Builder request = request(path).timeout(LIMIT).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(client, request, HttpResponse.BodyHandlers.ofString());
    }

    /** Opens a stream of the account through nginx and reads it, whatever the status is. */
    public EventStream open(HttpClient client, Account account, String lastEventId) throws IOException {
        HttpRequest.Builder request = request("notifications/stream")
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + account.token());
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return EventStream.of(send(client, request, HttpResponse.BodyHandlers.ofInputStream()), lastEventId);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(baseUri().resolve("api/v1/" + path));
    }

    private static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** New worker processes take over, as after a change of the configuration. */
    public void reload() {
        try {
            run(command("-s", "reload").toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process ids of the workers, those that are about to end included. */
    public List<Long> workers() {
        return process.children().map(ProcessHandle::pid).toList();
    }

    @Override
    public void close() {
        end(process.toHandle());
    }

    /** SIGTERM ends nginx at once. If it does not, its workers would outlive a SIGKILL of it. */
    private static void end(ProcessHandle master) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(master), master.descendants()).toList();
        master.destroy();
        try {
            await("the end of nginx").atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** A run that was killed leaves its nginx behind. */
    private void endLeftover() throws IOException {
        Path pid = directory.resolve("nginx.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .filter(leftover -> leftover.info().command().orElse("").endsWith("/nginx"))
                    .ifPresent(Nginx::end);
        }
    }
}
