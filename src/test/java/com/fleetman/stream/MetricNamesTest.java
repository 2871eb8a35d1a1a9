package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Meters;
import com.fleetman.platform.PlatformMeters;
import com.fleetman.platform.SampleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the dashboard and the alert rules ask for is what a node shows. */
class MetricNamesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:fleetman|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern EXPRESSION = Pattern.compile("\"(?:expr|query)\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    private static Set<String> shown() {
        var node = new TestNode();
        try (var meters = new Meters()) {
            PlatformMeters.measure(meters);
            node.metrics.measure(meters);
            new StreamGauges(node.hub, SampleSettings.complete()).measure(meters);
            new BusMetrics().measure(meters);
            new Canary(
                            node.hub,
                            node.log,
                            (event, since) -> {},
                            CanaryTest.unused(),
                            "node-1",
                            Duration.ofSeconds(30),
                            node.clock)
                    .measure(meters);
            return names(meters.scrape("text/plain; version=0.0.4; charset=utf-8")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .reduce("", (all, name) -> all + " " + name));
        }
    }

    private static Set<String> names(String text) {
        var names = new TreeSet<String>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    @Test
    void theAlertRulesAskForWhatIsThere() throws IOException {
        Set<String> asked = names(Files.readString(Path.of("docker/prometheus/alerts.yaml")));

        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(shown()).containsAll(asked);
    }

    @Test
    void theDashboardAsksForWhatIsThere() throws IOException {
        var asked = new TreeSet<String>();
        Matcher expression = EXPRESSION.matcher(Files.readString(Path.of("docker/grafana/dashboards/fleetman.json")));
        while (expression.find()) {
            asked.addAll(names(expression.group(1)));
        }

        assertThat(asked).hasSizeGreaterThan(25);
        assertThat(shown()).containsAll(asked);
    }

    @Test
    void theManualNamesWhatIsThereAndAllOfIt() throws IOException {
        Set<String> told = names(Files.readString(Path.of("docs/operations.md")));
        Set<String> own = new TreeSet<>(shown());
        own.removeIf(name -> !name.startsWith("fleetman_"));

        told.removeIf(name -> !name.startsWith("fleetman_"));
        assertThat(told).containsExactlyElementsOf(base(own));
    }

    /** Without what is appended to the names of histograms. */
    private static Set<String> base(Set<String> names) {
        var base = new TreeSet<String>();
        names.forEach(name -> base.add(name.replaceFirst("_(bucket|count|sum)$", "")));
        return base;
    }
}
