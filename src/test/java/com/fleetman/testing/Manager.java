package com.fleetman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;

/** Tomcat's manager application, by which an operator stops and starts an application. */
final class Manager {

    static final String USER = "arquillian";
    static final String PASSWORD = "arquillian";

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final URI commands;

    Manager(int port) {
        commands = URI.create("http://" + Node.HOST + ":" + port + "/manager/text/");
    }

    /** @throws IllegalStateException if Tomcat does not say OK */
    void say(String command) {
        String answer;
        try {
            answer = send(command);
        } catch (IOException e) {
            throw new IllegalStateException("The manager at " + commands + " cannot be reached.", e);
        }
        if (!answer.startsWith("OK")) {
            throw new IllegalStateException("The manager refused " + command + ": " + answer);
        }
    }

    private String send(String command) throws IOException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(commands.resolve(command))
                .header("Authorization", "Basic " + login)
                .timeout(LIMIT)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
