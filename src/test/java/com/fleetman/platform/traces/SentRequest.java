package com.fleetman.platform.traces;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request as a servlet sees it, as far as a trace looks at it. */
record SentRequest(String method, String uri, Map<String, List<String>> headers) {
    static SentRequest of(String method, String uri) {
        return new SentRequest(method, uri, Map.of());
    }

    /** A message that is sent with these headers. */
    static SentRequest traced(String... traceparents) {
        return new SentRequest("POST", "/api/v1/messages", Map.of("traceparent", List.of(traceparents)));
    }

    HttpServletRequest servletRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                SentRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> uri;
                    case "getScheme" -> "https";
                    case "getServerName" -> "fleetman.example";
                    case "getServerPort" -> 443;
                    case "getProtocol" -> "HTTP/1.1";
                    case "getAttribute" -> arguments[0].equals("X-Request-Id") ? "request-1" : null;
                    case "getHeaders" ->
                        Collections.enumeration(headers.getOrDefault(String.valueOf(arguments[0]), List.of()));
                    case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }
}
