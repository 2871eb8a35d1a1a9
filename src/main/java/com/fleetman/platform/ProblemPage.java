package com.fleetman.platform;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of the whole application (web.xml): what never reached the API is a problem too, not HTML. */
@WebServlet(name = "problem-page", urlPatterns = "/problem", asyncSupported = true)
public class ProblemPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        write(
                response,
                failure instanceof Throwable thrown
                        ? Failures.asProblem(thrown)
                        : Failures.ofStatus(status instanceof Integer code ? shown(code) : 404));
    }

    /** Some servers call a directory that they do not list forbidden; there is nothing at that path either way. */
    private static int shown(int status) {
        return status == HttpServletResponse.SC_FORBIDDEN ? HttpServletResponse.SC_NOT_FOUND : status;
    }

    /** Writes a problem to a response that is not committed yet. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = Json.write(problem.body(response.getHeader(RequestIds.HEADER)))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
