package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    @Test
    void showsCountersGaugesAndHistograms() {
        try (var meters = new Meters()) {
            var count = new LongAdder();
            var histogram = new Histogram();
            meters.counter("things", "Things.", count, "kind", "good");
            meters.gauge("depth", "Depth.", () -> 7);
            meters.histogram("wait_seconds", "Waits.", histogram);
            count.add(3);
            histogram.record(Duration.ofMillis(3).toNanos());

            assertThat(meters.scrape(TEXT).lines())
                    .contains(
                            "# HELP fleetman_things_total Things.",
                            "# TYPE fleetman_things_total counter",
                            "fleetman_things_total{kind=\"good\"} 3.0",
                            "fleetman_depth 7.0",
                            "# TYPE fleetman_wait_seconds histogram",
                            "fleetman_wait_seconds_bucket{le=\"0.0025\"} 0",
                            "fleetman_wait_seconds_bucket{le=\"0.005\"} 1",
                            "fleetman_wait_seconds_bucket{le=\"+Inf\"} 1",
                            "fleetman_wait_seconds_count 1",
                            "fleetman_wait_seconds_sum 0.003");
        }
    }

    @Test
    void countsOnAfterTheCollector() {
        try (var meters = new Meters()) {
            var count = new LongAdder();
            meters.total("kept", "Kept.", count::sum);
            System.gc();
            count.add(2);

            assertThat(meters.scrape(TEXT)).contains("fleetman_kept_total 2.0");
        }
    }

    @Test
    void groupsRequestsByRouteAndClassOfStatus() {
        try (var meters = new Meters()) {
            var requests = new RequestMetrics();
            requests.measure(meters);
            requests.answered("GET", "/machines/{id}", 200, 1);
            requests.answered("GET", "/machines/{id}", 204, 1);
            requests.answered("BREW", "none", 405, 1);

            assertThat(meters.scrape(TEXT))
                    .contains(
                            "fleetman_http_request_seconds_count{method=\"GET\",route=\"/machines/{id}\",status=\"2xx\"} 2",
                            "fleetman_http_request_seconds_count{method=\"OTHER\",route=\"none\",status=\"4xx\"} 1");
        }
    }

    @Test
    void ofTheProcessItTellsMemoryThreadsAndFiles() {
        try (var meters = new Meters()) {
            PlatformMeters.measure(meters);

            assertThat(meters.scrape(TEXT))
                    .contains(
                            "jvm_memory_used_bytes{",
                            "jvm_threads_live_threads ",
                            "jvm_gc_collection_seconds_count{",
                            "process_files_open_files ",
                            "fleetman_pool_size_limit 16.0");
        }
    }
}
