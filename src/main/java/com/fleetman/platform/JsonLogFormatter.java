package com.fleetman.platform;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSON object per line. The ids of users, sessions and streams are fields, taken from the request that is being served
 * or from the message that names them. Should a token ever get into a message, it does not get out of here.
 */
final class JsonLogFormatter extends Formatter {
    private static final Pattern NAMED =
            Pattern.compile("\\b(user|session|stream)[= ]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\bbearer\\s+[^\\s\",]+|\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");
    private static final String WITHHELD = "[withheld]";

    private final String node;

    /** @param node whose lines these are */
    JsonLogFormatter(String node) {
        this.node = node;
    }

    @Override
    public String format(LogRecord record) {
        String message = clean(formatMessage(record));
        var line = new LinkedHashMap<String, Object>();
        line.put("ts", Instant.ofEpochMilli(record.getInstant().toEpochMilli()).toString());
        line.put("level", level(record.getLevel()));
        line.put("logger", String.valueOf(record.getLoggerName()));
        line.put("node", node);
        line.put("message", message);
        put(line, "requestId", LogContext.currentRequest());
        put(line, "userId", LogContext.currentUser());
        Tracing.Request trace = LogContext.currentTrace();
        if (trace != null) {
            line.put("traceId", trace.traceId());
            line.put("spanId", trace.spanId());
        }
        Matcher named = NAMED.matcher(message);
        while (named.find()) {
            line.putIfAbsent(named.group(1) + "Id", named.group(2));
        }
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            line.put("error", Map.of("type", thrown.getClass().getName(), "stack", clean(stack(thrown))));
        }
        return Json.write(line) + "\n";
    }

    private static void put(Map<String, Object> line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, value);
        }
    }

    private static String clean(String text) {
        return SECRET.matcher(text).replaceAll(WITHHELD);
    }

    private static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.CONFIG.intValue() ? "info" : "debug";
    }
}
