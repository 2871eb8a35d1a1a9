package com.fleetman.platform;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Everything that is neither the API nor health (web.xml maps it to {@code /}): the files of the web interface, and its
 * one page at every address that it has, so that each can be opened, reloaded and sent to others.
 */
public class WebInterface extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** What was built once under a name with its hash never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final String ASK_AGAIN = "no-cache";
    private static final String HASHED = "assets/";

    /** No page is below them, whoever asks: what is wrong there is a problem. */
    private static final Set<String> NO_PAGES = Set.of("api", "health", "problem", "assets");

    private static final int DEEPEST = 16;

    @SuppressWarnings({"NullAway.Init", "serial"})
    private transient WebFiles files;

    @Override
    public void init() throws ServletException {
        files = WebFiles.in(getServletContext());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request);
        boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        WebFile file = files.find(path);
        if (file == null && !isPage(request, path)) {
            ProblemPage.write(response, Failures.ofStatus(404));
        } else if (!reads) {
            response.setHeader("Allow", "GET, HEAD");
            ProblemPage.write(response, Failures.ofStatus(405));
        } else if (file != null) {
            send(request, response, file, path.startsWith(HASHED) ? FOR_EVER : ASK_AGAIN);
        } else if (files.isEmpty()) {
            ProblemPage.write(
                    response,
                    Problem.notFound(
                            "no_web_interface",
                            "this build has no web interface: it was made with -Dspa.skip; the API is under api/v1"));
        } else if (request.getRequestURI().equals(request.getContextPath())) {
            // Or all that the page names would be looked for beside the application.
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", request.getContextPath() + "/");
        } else {
            page(request, response, path);
        }
    }

    /** Within the application and without the first slash. */
    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** An address of the web interface, or another one without a file's extension that a browser wants to see. */
    private boolean isPage(HttpServletRequest request, String path) {
        if (path.substring(path.lastIndexOf('/') + 1).contains(".")) {
            return false;
        }
        String accept = request.getHeader("Accept");
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        return files.isRoute(path) || (!NO_PAGES.contains(first) && accept != null && accept.contains("text/html"));
    }

    /** The web interface itself says that it has nothing at an address; the status says it to everybody else. */
    private void page(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        String address =
                request.getRequestURI().substring(request.getContextPath().length());
        int depth = (int) address.chars().filter(c -> c == '/').count() - 1;
        if (depth > DEEPEST) {
            ProblemPage.write(response, Failures.ofStatus(404));
            return;
        }
        response.setStatus(files.isRoute(path) ? HttpServletResponse.SC_OK : HttpServletResponse.SC_NOT_FOUND);
        send(request, response, files.index(Math.max(0, depth)).orElseThrow(), ASK_AGAIN);
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, WebFile file, String caching)
            throws IOException {
        boolean compressed = file.shrinks() && takesGzip(request);
        String tag = file.tag(compressed);
        response.setHeader("Content-Security-Policy", SecurityHeaders.PAGES);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cache-Control", caching);
        response.setHeader("ETag", tag);
        if (file.shrinks()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(tag) && response.getStatus() == HttpServletResponse.SC_OK) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] content = file.content(compressed);
        response.setContentType(file.type());
        response.setContentLength(content.length);
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(content);
        }
    }

    private static boolean takesGzip(HttpServletRequest request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null
                && accepted.contains("gzip")
                && !accepted.replace(" ", "").contains("gzip;q=0");
    }
}
