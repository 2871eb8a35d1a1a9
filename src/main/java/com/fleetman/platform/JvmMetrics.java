package com.fleetman.platform;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The process: memory, collections, threads, processors and file descriptors, under the names that are usual for them. */
@ApplicationScoped
class JvmMetrics implements Measured {
    private final String node;

    @Inject
    JvmMetrics(Settings settings) {
        this.node = settings.node();
    }

    @Override
    public void measure(Meters meters) {
        meters.bind(new JvmMemoryMetrics());
        meters.bind(new JvmThreadMetrics());
        meters.bind(new ClassLoaderMetrics());
        meters.bind(new ProcessorMetrics());
        meters.bind(new FileDescriptorMetrics());
        meters.bind(new UptimeMetrics());
        meters.bind(new Collections());
        meters.gauge(
                "node",
                "This node; the value means nothing.",
                () -> 1,
                "node",
                node,
                "java",
                String.valueOf(Runtime.version().feature()));
    }

    /** Micrometer's own wants to be told of each collection, and the JVM would hold on to this application by that. */
    private static final class Collections implements MeterBinder {
        @Override
        public void bindTo(MeterRegistry registry) {
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                FunctionTimer.builder(
                                "jvm.gc.collection",
                                collector,
                                GarbageCollectorMXBean::getCollectionCount,
                                GarbageCollectorMXBean::getCollectionTime,
                                TimeUnit.MILLISECONDS)
                        .description("Garbage collections and the time they took.")
                        .tag("gc", collector.getName())
                        .register(registry);
            }
        }
    }
}
