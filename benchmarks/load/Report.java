package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was measured, as a table for people and as one line of JSON for programs. */
final class Report {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final Map<String, Object> values = new LinkedHashMap<>();

    void add(String name, Object value) {
        values.put(values.containsKey(name) ? name + " again" : name, value instanceof Histogram all ? copy(all) : value);
    }

    /** Milliseconds by percentile. */
    private static Map<String, Object> copy(Histogram micros) {
        var percentiles = new LinkedHashMap<String, Object>();
        percentiles.put("count", micros.getTotalCount());
        for (double percentile : PERCENTILES) {
            String name = percentile == 100 ? "max" : "p" + (percentile % 1 == 0 ? "" + (int) percentile : "" + percentile);
            percentiles.put(name, micros.getValueAtPercentile(percentile) / 1_000.0);
        }
        return percentiles;
    }

    /** @param file where the line of JSON is added; empty for none */
    void print(String file) throws IOException {
        values.forEach((name, value) -> System.out.printf("%-45s %s%n", name, shown(value)));
        String json = json(values);
        System.out.println(json);
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String shown(Object value) {
        if (value instanceof Map<?, ?> percentiles) {
            var text = new StringBuilder();
            percentiles.forEach((name, each) -> text.append(name).append(' ').append(shown(each)).append("  "));
            return text.append("(ms)").toString();
        }
        return value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : String.valueOf(value);
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            var text = new StringBuilder("{");
            map.forEach((name, each) -> text.append(text.length() > 1 ? "," : "")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(json(each)));
            return text.append('}').toString();
        }
        return value instanceof Number ? shown(value) : "\"" + value + "\"";
    }
}
