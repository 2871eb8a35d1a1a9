package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void countsEachDurationInTheFirstClassThatHoldsIt() {
        histogram.record(Duration.ofNanos(500_000).toNanos());
        histogram.record(Duration.ofNanos(500_001).toNanos());
        histogram.record(Duration.ofSeconds(10).toNanos());
        histogram.record(Duration.ofHours(1).toNanos());

        assertThat(histogram.counts()).containsExactly(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
        assertThat(histogram.count()).isEqualTo(4);
        assertThat(histogram.seconds()).isEqualTo(3_610.001000001);
    }

    @Test
    void countsAClockThatWentBackAsNothing() {
        histogram.record(-5);

        assertThat(histogram.counts()[0]).isEqualTo(1);
        assertThat(histogram.seconds()).isZero();
    }
}
