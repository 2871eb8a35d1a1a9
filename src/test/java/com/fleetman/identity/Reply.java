package com.fleetman.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer of the server, and what tests ask of it. */
record Reply(int status, String body, HttpResponse<String> http) {
    static Reply of(HttpResponse<String> http) {
        return new Reply(http.statusCode(), http.body(), http);
    }

    JsonNode json() {
        return Json.tree(body);
    }

    /** The {@code data} of a success. */
    JsonNode data() {
        if (status >= 300) {
            throw new AssertionError("no success: " + status + " " + body);
        }
        return json().get("data");
    }

    /** The {@code code} of a problem, after its status: "401 token_expired". */
    String problem() {
        return status + " " + (body.startsWith("{") ? json().path("code").asText() : body);
    }

    /** The fields that a problem blames, with their codes: "email:required". */
    List<String> blamed() {
        return json().path("errors")
                .valueStream()
                .map(error ->
                        error.path("field").asText() + ":" + error.path("code").asText())
                .toList();
    }

    Optional<String> header(String name) {
        return http.headers().firstValue(name);
    }

    List<String> cookies() {
        return http.headers().allValues("Set-Cookie");
    }

    /** The value of a cookie that was set. */
    String cookie(String name) {
        return cookies().stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    String token() {
        return data().get("token").textValue();
    }

    String refreshToken() {
        return data().get("refreshToken").textValue();
    }

    String userId() {
        return data().get("user").get("id").textValue();
    }
}
