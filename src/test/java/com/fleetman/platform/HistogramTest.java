package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Offset;
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

    @Test
    void aQuantileLiesInItsClassAsFarAsItsShare() {
        var counts = new long[Histogram.classes()];
        counts[1] = 50; // 0.5 to 1 ms
        counts[4] = 50; // 5 to 10 ms

        assertThat(Histogram.quantile(counts, 0.25)).isEqualTo(0.00075);
        assertThat(Histogram.quantile(counts, 0.5)).isEqualTo(0.001);
        assertThat(Histogram.quantile(counts, 0.99)).isCloseTo(0.0099, Offset.offset(1e-12));
        assertThat(Histogram.quantile(counts, 0)).isEqualTo(0.0005);
    }

    @Test
    void aQuantileOfNothingIsNothingAndOneBeyondTheClassesIsTheirEnd() {
        var counts = new long[Histogram.classes()];
        assertThat(Histogram.quantile(counts, 0.99)).isZero();
        counts[counts.length - 1] = 1;
        assertThat(Histogram.quantile(counts, 0.5)).isEqualTo(10);
    }
}
