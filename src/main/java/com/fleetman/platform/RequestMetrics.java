package com.fleetman.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How long requests take, by method, route and class of status. */
@ApplicationScoped
public class RequestMetrics implements Measured {
    private final Map<List<String>, Histogram> requests = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();

    @Override
    public void measure(Meters meters) {
        meters.histograms("http_request_seconds", "Requests to the API that were answered.", () -> requests);
    }

    /** How many requests the server failed to serve (status 500 to 599), since its start. */
    public long failures() {
        return failures.sum();
    }

    /** @param route the path with its parameters' names in braces, never their values */
    void answered(String method, String route, int status, long nanos) {
        if (status >= 500) {
            failures.increment();
        }
        List<String> labels = List.of(
                "method",
                RequestTimer.METHODS.contains(method) ? method : "OTHER",
                "route",
                route,
                "status",
                status / 100 + "xx");
        requests.computeIfAbsent(labels, key -> new Histogram()).record(nanos);
    }
}
