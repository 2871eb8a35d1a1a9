package com.fleetman.platform;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the build of the web interface left in the war, read once and kept. It lies under WEB-INF, where no server serves
 * it by itself: so all servers answer the same.
 */
final class WebFiles {
    private static final String DIRECTORY = "/WEB-INF/spa/";
    private static final String INDEX = "index.html";
    private static final String ROUTES = "routes.json";
    private static final String BASE = "<base href=\"./\"";

    private final Map<String, WebFile> files;
    private final @Nullable String index;
    private final Set<String> routes;

    private WebFiles(Map<String, byte[]> contents) {
        files = new HashMap<>();
        contents.forEach((path, content) -> files.put(path, new WebFile(path, content)));
        WebFile page = files.remove(INDEX);
        WebFile names = files.remove(ROUTES);
        index = page == null ? null : page.text();
        routes = names == null ? Set.of() : Set.of(Json.read(names.text(), String[].class));
    }

    /** None of them if the web interface was left out of the war. */
    static WebFiles in(ServletContext context) {
        var contents = new HashMap<String, byte[]>();
        read(context, DIRECTORY, contents);
        return new WebFiles(contents);
    }

    private static void read(ServletContext context, String directory, Map<String, byte[]> contents) {
        Set<String> paths = context.getResourcePaths(directory);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/")) {
                read(context, path, contents);
            } else {
                contents.put(path.substring(DIRECTORY.length()), content(context, path));
            }
        }
    }

    private static byte[] content(ServletContext context, String path) {
        try (InputStream file = context.getResourceAsStream(path)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + " of the war", e);
        }
    }

    /** @param path within the application, without the slash that it begins with */
    @Nullable
    WebFile find(String path) {
        return files.get(path);
    }

    boolean isEmpty() {
        return index == null;
    }

    /** Whether a page of the web interface is there: its first segment is that of one of its routes. */
    boolean isRoute(String path) {
        int end = path.indexOf('/');
        return path.isEmpty() || routes.contains(end < 0 ? path : path.substring(0, end));
    }

    /**
     * The one page, for an address this many directories below the application's root: all that it names is relative to
     * that root, wherever it is and whatever a proxy calls it.
     */
    Optional<WebFile> index(int depth) {
        return Optional.ofNullable(index)
                .map(page -> depth == 0 ? page : page.replace(BASE, "<base href=\"" + "../".repeat(depth) + "\""))
                .map(page -> new WebFile(INDEX, page.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
