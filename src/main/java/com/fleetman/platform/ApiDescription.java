package com.fleetman.platform;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Serves the descriptions of the API that the build has made, and a page at {@code /api/docs/} to read and try them. The
 * page runs no script but its own, and talks to this server only.
 */
@WebServlet(
        name = "api-description",
        urlPatterns = {"/api/v1/openapi.json", "/api/v1/asyncapi.json", "/api/docs/*"},
        asyncSupported = true)
public class ApiDescription extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String FILES = "/description/";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "openapi.json", "application/json",
            "asyncapi.json", "application/json",
            "index.html", "text/html;charset=UTF-8",
            "start.js", "text/javascript;charset=UTF-8",
            "page.css", "text/css;charset=UTF-8",
            "swagger-ui-bundle.js", "text/javascript;charset=UTF-8",
            "swagger-ui.css", "text/css;charset=UTF-8");

    private static final class Served {
        final String type;
        final byte[] content;
        final String tag;

        Served(String type, byte[] content) {
            var sum = new CRC32();
            sum.update(content);
            this.type = type;
            this.content = content;
            this.tag = "\"" + Long.toHexString(sum.getValue()) + "\"";
        }
    }

    private final transient Map<String, Served> files = new HashMap<>();

    @Override
    public void init() {
        TYPES.forEach((name, type) -> {
            byte[] content = read(name);
            if (content != null) {
                files.put(name, new Served(type, content));
            }
        });
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null && request.getServletPath().endsWith("/docs")) {
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", "docs/");
            return;
        }
        String name = path == null ? request.getServletPath().replaceFirst("^.*/", "") : path.substring(1);
        Served file = files.get(name.isEmpty() ? "index.html" : name);
        // The page has the descriptions beside itself under their own addresses only.
        if (file == null || (path != null && name.endsWith(".json"))) {
            ProblemPage.write(response, Failures.ofStatus(HttpServletResponse.SC_NOT_FOUND));
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.tag);
        if (file.tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.type);
        response.setContentLength(file.content.length);
        response.getOutputStream().write(file.content);
    }

    /** The version of the application, as it was built. */
    public static String version() {
        byte[] description = read("asyncapi.json");
        return description == null
                ? "unknown"
                : Json.tree(new String(description, StandardCharsets.UTF_8))
                        .path("info")
                        .path("version")
                        .asText();
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = ApiDescription.class.getResourceAsStream(FILES + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
