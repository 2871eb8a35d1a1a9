package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The web interface can be opened, reloaded and cached at every address of it, below any context path. */
@InContainer
class WebInterfaceIT {
    private static final Pattern BASE = Pattern.compile("<base href=\"([^\"]*)\"");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(\\./[^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static HttpResponse<byte[]> get(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI address(String path) {
        return Node.first().baseUri().resolve(path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static boolean leftOut() {
        return Boolean.getBoolean("fleetman.test.spa.skip");
    }

    private static void assertIsProblem(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(Json.tree(text(response)).get("code").textValue()).isEqualTo(code);
    }

    /** What the page at this address names, as a browser would ask for it. */
    private static List<URI> references(URI page, String html) {
        Matcher base = BASE.matcher(html);
        assertThat(base.find()).isTrue();
        URI root = page.resolve(base.group(1));
        var found = new ArrayList<URI>();
        for (Matcher reference = REFERENCE.matcher(html); reference.find(); ) {
            if (reference.start() > base.end()) {
                found.add(root.resolve(reference.group(1)));
            }
        }
        return found;
    }

    @Test
    void everyAddressShowsThePageWithItsFiles() throws Exception {
        assumeFalse(leftOut(), "made with -Dspa.skip");
        String id = UUID.randomUUID().toString();
        for (String path : List.of(
                "",
                "login",
                "register",
                "inbox?state=unread",
                "messages/conversations/" + id,
                "contacts/",
                "machines/" + id,
                "machines/" + id + "/quick-checks/new",
                "profile",
                "admin/users")) {
            URI page = address(path);

            HttpResponse<byte[]> response = get(page);

            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
            assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
            assertThat(references(page, text(response)))
                    .as(path)
                    .contains(address("manifest.webmanifest"))
                    .anyMatch(
                            file -> file.getPath().startsWith(address("assets/").getPath()))
                    .allMatch(file -> file.getPath().startsWith(address("").getPath()));
        }
        for (URI file : references(address("login"), text(get(address("login"))))) {
            assertThat(get(file).statusCode()).as(file.toString()).isEqualTo(200);
        }
    }

    @Test
    void aBrowserSeesThePageToldThatThereIsNothingAndOthersSeeAProblem() throws Exception {
        assumeFalse(leftOut(), "made with -Dspa.skip");
        HttpResponse<byte[]> page = get(address("no/such/page"), "Accept", "text/html,*/*;q=0.8");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(text(page)).contains("<base href=\"../../\"");
        assertIsProblem(get(address("no/such/page")), 404, "not_found");
        for (String missing : List.of(
                "assets/index-00000000.js",
                "assets/",
                "assets/x",
                "favicon.ico",
                "machines/icon.png",
                "index.html",
                "routes.json",
                "api/v1/nothing",
                "api/nothing",
                "health/nothing")) {
            HttpResponse<byte[]> response = get(address(missing), "Accept", "*/*");
            assertIsProblem(response, 404, "not_found");
            assertThat(text(response)).doesNotContain("<html");
        }
        assertThat(get(address("api/nothing"), "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    void filesAreKeptForEverAndThePageIsAskedForAgain() throws Exception {
        assumeFalse(leftOut(), "made with -Dspa.skip");
        URI script = references(address("login"), text(get(address("login")))).stream()
                .filter(file -> file.getPath().endsWith(".js"))
                .findFirst()
                .orElseThrow();

        HttpResponse<byte[]> plain = get(script);
        HttpResponse<byte[]> zipped = get(script, "Accept-Encoding", "gzip, br");

        assertThat(header(plain, "Content-Type")).isEqualToIgnoringCase("text/javascript;charset=utf-8");
        assertThat(header(plain, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(zipped, "Vary")).contains("Accept-Encoding");
        assertThat(unzipped(zipped.body())).isEqualTo(plain.body());
        assertThat(header(get(address("manifest.webmanifest")), "Content-Type")).isEqualTo("application/manifest+json");
        assertThat(header(get(address("icons/icon-192.png")), "Content-Type")).isEqualTo("image/png");

        HttpResponse<byte[]> page = get(address("login"));
        HttpResponse<byte[]> again = get(address("login"), "If-None-Match", header(page, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get(address("machines/x"), "If-None-Match", header(page, "ETag"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static byte[] unzipped(byte[] content) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return gzip.readAllBytes();
        }
    }

    @Test
    void nothingInlineRunsAndNothingIsFramed() throws Exception {
        HttpResponse<byte[]> page = get(address("login"));
        HttpResponse<byte[]> api = get(address("api/v1/users/me"));
        HttpResponse<byte[]> health = get(address("health/ready"));
        HttpResponse<byte[]> nothing = get(address("nothing"));

        for (HttpResponse<byte[]> answer : List.of(page, api, health, nothing)) {
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Permissions-Policy")).contains("geolocation=()");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
        if (!leftOut()) {
            assertThat(header(page, "Content-Security-Policy"))
                    .contains("default-src 'self'", "worker-src 'self'", "connect-src 'self'", "form-action 'self'");
            assertThat(text(page)).doesNotContain("<style").doesNotContainPattern("<script(?![^>]*src=)");
        }
        assertThat(header(api, "Content-Security-Policy")).contains("default-src 'none'");
        assertIsProblem(api, 401, "unauthenticated");
    }

    @Test
    void theRootWithoutItsSlashLeadsToTheRoot() throws Exception {
        assumeFalse(leftOut(), "made with -Dspa.skip");
        String root = Node.first().baseUri().toString();

        HttpResponse<byte[]> response = get(URI.create(root.substring(0, root.length() - 1)));

        assertThat(response.statusCode()).isIn(301, 302);
        assertThat(header(response, "Location")).endsWith("/fleetman/");
    }

    @Test
    void aPageIsOnlyRead() throws Exception {
        assumeFalse(leftOut(), "made with -Dspa.skip");
        HttpResponse<byte[]> posted = HTTP.send(
                HttpRequest.newBuilder(address("login"))
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertIsProblem(posted, 405, "method_not_allowed");
        assertThat(header(posted, "Allow")).contains("GET");

        HttpResponse<byte[]> head = HTTP.send(
                HttpRequest.newBuilder(address("login"))
                        .timeout(Duration.ofSeconds(30))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void withoutTheWebInterfaceTheRootSaysSo() throws Exception {
        assumeFalse(!leftOut(), "made with the web interface");

        assertIsProblem(get(address("")), 404, "no_web_interface");
        assertIsProblem(get(address("login"), "Accept", "text/html"), 404, "no_web_interface");
    }
}
