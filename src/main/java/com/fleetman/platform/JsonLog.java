package com.fleetman.platform;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the application's own logs as JSON, if that is wanted, past the server's logging to the standard output of the
 * process. What the server and the libraries log stays the server's.
 */
@ApplicationScoped
public class JsonLog {
    private static final String OURS = "com.fleetman";

    /** Before all others: what they log at the start is to be JSON too. */
    private static final int FIRST = -1_000;

    private final Settings settings;

    /** Held, since a LogManager does not: it would forget the handler. */
    private @Nullable Logger logger;

    private @Nullable Handler handler;

    @Inject
    JsonLog(Settings settings) {
        this.settings = settings;
    }

    synchronized void start(@Observes @Priority(FIRST) @Initialized(ApplicationScoped.class) Object context) {
        if (settings.monitoring().logFormat() == Settings.LogFormat.JSON) {
            Handler lines = new Lines(new FileOutputStream(FileDescriptor.out), settings.node());
            Logger ours = Logger.getLogger(OURS);
            ours.addHandler(lines);
            ours.setUseParentHandlers(false);
            logger = ours;
            handler = lines;
        }
    }

    void stop(@Observes @Priority(Stopping.LAST + 1) Stopping event) {
        close();
    }

    /** The logger may be the server's and live on; it must not know us then. */
    @PreDestroy
    synchronized void close() {
        if (logger != null && handler != null) {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
            logger = null;
            handler = null;
        }
    }

    /** Each record at once and in one piece, so that lines of others do not get into it. */
    static final class Lines extends Handler {
        private final OutputStream out;
        private final JsonLogFormatter formatter;

        Lines(OutputStream out, String node) {
            this.out = out;
            this.formatter = new JsonLogFormatter(node);
        }

        @Override
        public void publish(@Nullable LogRecord record) {
            if (record == null || !isLoggable(record)) {
                return;
            }
            try {
                byte[] line = formatter.format(record).getBytes(StandardCharsets.UTF_8);
                synchronized (this) {
                    out.write(line);
                }
            } catch (IOException | RuntimeException e) {
                reportError(null, e, ErrorManager.WRITE_FAILURE);
            }
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // the standard output is not ours to close
        }
    }
}
