package com.fleetman.platform;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What this node counts, for Prometheus. The names are given here without {@code fleetman_} and without what Prometheus
 * appends to them ({@code _total}); labels have few values and never tell of a user.
 */
public final class Meters implements AutoCloseable {
    private static final String PREFIX = "fleetman_";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    /** @param labels names and values by turns */
    public void counter(String name, String help, LongAdder count, String... labels) {
        total(name, help, count::sum, labels);
    }

    /** A number that somebody else counts and that only grows. */
    public void total(String name, String help, DoubleSupplier count, String... labels) {
        FunctionCounter.builder(PREFIX + name, new Held(count), Held::value)
                .description(help)
                .tags(Tags.of(labels))
                .register(registry);
    }

    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Gauge.builder(PREFIX + name, value::getAsDouble)
                .description(help)
                .tags(Tags.of(labels))
                .register(registry);
    }

    public void histogram(String name, String help, Histogram histogram) {
        histograms(name, help, () -> Map.of(List.of(), histogram));
    }

    /** Several histograms of one name, by their labels (names and values by turns); more may come. */
    public void histograms(String name, String help, Supplier<Map<List<String>, Histogram>> all) {
        registry.getPrometheusRegistry().register(new Histograms(PREFIX + name, help, all));
    }

    void bind(MeterBinder binder) {
        binder.bindTo(registry);
    }

    /**
     * Everything that is counted, now.
     *
     * @param contentType a media type that Prometheus asks for; by default the text format 0.0.4
     */
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        registry.close();
    }

    /** Micrometer keeps only weak references, and nobody else keeps a lambda. */
    private final class Held {
        private final DoubleSupplier supplier;

        Held(DoubleSupplier supplier) {
            this.supplier = supplier;
            held.add(this);
        }

        double value() {
            return supplier.getAsDouble();
        }
    }

    private final java.util.Queue<Held> held = new java.util.concurrent.ConcurrentLinkedQueue<>();

    private record Histograms(String name, String help, Supplier<Map<List<String>, Histogram>> all)
            implements Collector {
        @Override
        public MetricSnapshot collect() {
            HistogramSnapshot.Builder snapshot =
                    HistogramSnapshot.builder().name(name).help(help);
            all.get().forEach((labels, histogram) -> snapshot.dataPoint(point(labels, histogram)));
            return snapshot.build();
        }

        private static HistogramSnapshot.HistogramDataPointSnapshot point(List<String> labels, Histogram histogram) {
            return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(Histogram.bounds(), histogram.counts()))
                    .sum(histogram.seconds())
                    .labels(Labels.of(labels.toArray(String[]::new)))
                    .build();
        }
    }
}
