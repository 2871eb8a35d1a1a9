package com.fleetman.dev;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * java.util.logging for a person at a terminal: one line per record, on stderr. Not a ConsoleHandler, since Tomcat puts
 * a formatter of its own into any that it finds.
 */
final class Logs extends StreamHandler {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("com.fleetman");

    /** Of loggers that nobody holds the JDK forgets the level. */
    private static final List<Logger> CHATTY = List.of(
            Logger.getLogger("com.arjuna"),
            Logger.getLogger("org.apache"),
            Logger.getLogger("org.hibernate"),
            Logger.getLogger("org.jboss"),
            Logger.getLogger("org.flywaydb"),
            Logger.getLogger("org.glassfish"));

    private Logs() {
        super(System.err, new Line());
        setLevel(Level.ALL);
    }

    /** For the start: nothing but what is wrong. */
    static void configure() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new Logs());
        ROOT.setLevel(Level.INFO);
        OURS.setLevel(Level.WARNING);
        CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** For the time after it: what the application does. */
    static void follow() {
        OURS.setLevel(Level.INFO);
    }

    @Override
    public synchronized void publish(LogRecord record) {
        super.publish(record);
        flush();
    }

    /** Others use stderr after this. */
    @Override
    public synchronized void close() {
        flush();
    }

    static final class Line extends Formatter {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

        @Override
        public String format(LogRecord record) {
            String time = TIME.format(LocalTime.ofInstant(record.getInstant(), ZoneId.systemDefault()));
            String message = formatMessage(record).strip().replaceAll("\\s*\\R\\s*", " ");
            return time + " " + record.getLevel().getName() + " " + shortName(record.getLoggerName()) + ": " + message
                    + System.lineSeparator() + trace(record.getThrown());
        }

        private static String shortName(@Nullable String logger) {
            return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
        }

        private static String trace(@Nullable Throwable thrown) {
            if (thrown == null) {
                return "";
            }
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }
}
