package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each of the two wars has what its servers lack, and nothing that they have or that is for the others. */
@Tag("once")
class WarContentsIT {
    private static List<String> entries(String war) throws IOException {
        Path file = Path.of(System.getProperty("fleetman.test.war")).resolveSibling(war);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static List<String> libraries(String war) throws IOException {
        return entries(war).stream()
                .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("WEB-INF/lib/".length()).replaceFirst("-\\d[^-]*(-\\w+)?\\.jar$", ""))
                .sorted()
                .toList();
    }

    @Test
    void theWarForServersBringsNothingThatJakartaEeHas() throws IOException {
        assertThat(libraries("fleetman.war"))
                .containsExactly(
                        "HdrHistogram",
                        "agroal-api",
                        "agroal-pool",
                        "angus-activation",
                        "antlr4-runtime",
                        "bcprov-jdk18on",
                        "byte-buddy",
                        "classmate",
                        "commons-pool2",
                        "cron-utils",
                        "error_prone_annotations",
                        "flyway-core",
                        "flyway-database-cockroachdb",
                        "flyway-database-postgresql",
                        "gson",
                        "hibernate-commons-annotations",
                        "hibernate-core",
                        "istack-commons-runtime",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "jackson-datatype-jsr310",
                        "jackson-module-parameter-names",
                        "jakarta.activation-api",
                        "jakarta.xml.bind-api",
                        "jandex",
                        "jaxb-core",
                        "jaxb-runtime",
                        "jboss-logging",
                        "jedis",
                        "jjwt-api",
                        "jjwt-impl",
                        "jjwt-jackson",
                        "json",
                        "jspecify",
                        "micrometer-commons",
                        "micrometer-core",
                        "micrometer-observation",
                        "micrometer-registry-prometheus",
                        "opentelemetry-api",
                        "opentelemetry-common",
                        "opentelemetry-context",
                        "opentelemetry-exporter-common",
                        "opentelemetry-exporter-otlp",
                        "opentelemetry-exporter-otlp-common",
                        "opentelemetry-exporter-sender-jdk",
                        "opentelemetry-sdk-common",
                        "opentelemetry-sdk-logs",
                        "opentelemetry-sdk-metrics",
                        "opentelemetry-sdk-trace",
                        "postgresql",
                        "prometheus-metrics-config",
                        "prometheus-metrics-core",
                        "prometheus-metrics-exposition-formats",
                        "prometheus-metrics-exposition-textformats",
                        "prometheus-metrics-model",
                        "prometheus-metrics-tracer-common",
                        "redis-authx-core",
                        "slf4j-api",
                        "slf4j-jdk14",
                        "txw2");
    }

    @Test
    void theWarForTomcatBringsTheRest() throws IOException {
        assertThat(libraries("fleetman-tomcat.war"))
                .containsAll(libraries("fleetman.war"))
                .contains("jersey-server", "jersey-media-sse", "weld-jta", "narayana-jta", "jakarta.ws.rs-api");
    }

    @Test
    void neitherHasThePartsOfTheOther() throws IOException {
        List<String> servers = entries("fleetman.war");
        List<String> tomcat = entries("fleetman-tomcat.war");

        assertThat(servers)
                .contains("WEB-INF/jboss-deployment-structure.xml", "WEB-INF/payara-web.xml")
                .contains("WEB-INF/classes/com/fleetman/platform/server/JakartaServer.class")
                .doesNotContain("META-INF/context.xml", "WEB-INF/classes/jbossts-properties.xml")
                .noneMatch(name -> name.startsWith("WEB-INF/classes/com/fleetman/platform/tomcat/"));
        assertThat(tomcat)
                .contains("META-INF/context.xml", "WEB-INF/classes/jbossts-properties.xml")
                .contains("WEB-INF/classes/com/fleetman/platform/tomcat/TomcatServer.class")
                .doesNotContain("WEB-INF/jboss-deployment-structure.xml", "WEB-INF/payara-web.xml")
                .noneMatch(name -> name.startsWith("WEB-INF/classes/com/fleetman/platform/server/"));
    }

    @Test
    void bothDescribeTheApiWithoutWhatMakesTheDescription() throws IOException {
        for (String war : List.of("fleetman.war", "fleetman-tomcat.war")) {
            assertThat(entries(war))
                    .contains(
                            "WEB-INF/classes/description/openapi.json",
                            "WEB-INF/classes/description/asyncapi.json",
                            "WEB-INF/classes/description/swagger-ui-bundle.js")
                    .noneMatch(name -> name.startsWith("WEB-INF/classes/com/fleetman/description/"));
        }
    }
}
