package com.fleetman.platform.tomcat;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.enterprise.concurrent.AbstractManagedExecutorService.RejectPolicy;
import org.glassfish.enterprise.concurrent.ContextServiceImpl;
import org.glassfish.enterprise.concurrent.ManagedScheduledExecutorServiceImpl;
import org.glassfish.enterprise.concurrent.ManagedThreadFactoryImpl;
import org.glassfish.enterprise.concurrent.spi.ContextHandle;
import org.glassfish.enterprise.concurrent.spi.ContextSetupProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ManagedScheduledExecutorService with its few threads. Tasks are expected to be short: they start others' work. */
final class Scheduler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private static final String NAME = "fleetman-scheduler";
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int STOP_SECONDS = 10;

    private final ManagedThreadFactoryImpl threads;
    private final ManagedScheduledExecutorServiceImpl executor;

    Scheduler() {
        ContextServiceImpl context = new ContextServiceImpl(NAME, new ApplicationClassLoader());
        threads = new ManagedThreadFactoryImpl(NAME, context);
        executor = new ManagedScheduledExecutorServiceImpl(
                NAME, threads, 0, false, THREADS, 0, TimeUnit.SECONDS, 0, context, RejectPolicy.ABORT);
    }

    /** What components get: a façade whose life-cycle methods are refused, as the specification wants. */
    ManagedScheduledExecutorService executor() {
        return executor.getAdapter();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Scheduled tasks were still running after {} s.", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.stop();
    }

    /** Tasks see the application's classes and its java:comp names, whichever thread scheduled them. */
    private static final class ApplicationClassLoader implements ContextSetupProvider {

        private static final long serialVersionUID = 1L;

        @Override
        public ContextHandle saveContext(ContextService service) {
            return new Loader(Scheduler.class.getClassLoader());
        }

        @Override
        public ContextHandle saveContext(ContextService service, Map<String, String> properties) {
            return saveContext(service);
        }

        @Override
        public ContextHandle setup(ContextHandle handle) {
            Thread thread = Thread.currentThread();
            Loader before = new Loader(thread.getContextClassLoader());
            thread.setContextClassLoader(((Loader) handle).loader);
            return before;
        }

        @Override
        public void reset(ContextHandle before) {
            Thread.currentThread().setContextClassLoader(((Loader) before).loader);
        }
    }

    private static final class Loader implements ContextHandle {

        private static final long serialVersionUID = 1L;

        private final transient ClassLoader loader;

        Loader(ClassLoader loader) {
            this.loader = loader;
        }
    }
}
