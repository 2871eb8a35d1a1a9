package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsTest {
    private static final String TOMCAT = "org.apache.catalina.startup.Tomcat";
    private static final String TOMCAT_PART = "com.fleetman.platform.tomcat.TomcatServer";
    private static final String SERVER_PART = "com.fleetman.platform.server.JakartaServer";
    private static final Set<String> PLATFORM = Set.of(
            "jakarta.ws.rs.core.Application",
            "jakarta.enterprise.inject.spi.CDI",
            "jakarta.transaction.TransactionSynchronizationRegistry",
            "jakarta.persistence.EntityManager",
            "jakarta.enterprise.concurrent.ManagedScheduledExecutorService");

    private static Set<String> platformWith(String... more) {
        return Stream.concat(PLATFORM.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    @Test
    void nothingIsMissingWhereAWarIsOnItsKindOfServer() {
        assertThat(Requirements.missing(21, platformWith(SERVER_PART)::contains))
                .isEmpty();
        assertThat(Requirements.missing(25, platformWith(TOMCAT, TOMCAT_PART)::contains))
                .isEmpty();
    }

    @Test
    void anOldJavaIsNamed() {
        assertThat(Requirements.missing(17, platformWith(SERVER_PART)::contains))
                .isEqualTo("FleetMan needs Java 21 or newer, and this server runs on Java 17.");
    }

    @Test
    void aWarOnTheOtherKindOfServerNamesTheOneToDeploy() {
        assertThat(Requirements.missing(21, Set.of(TOMCAT, SERVER_PART)::contains))
                .contains("no Jakarta REST")
                .endsWith("on Tomcat deploy fleetman-tomcat.war instead.");
        assertThat(Requirements.missing(21, platformWith(TOMCAT, SERVER_PART)::contains))
                .endsWith("on Tomcat deploy fleetman-tomcat.war instead.");
        assertThat(Requirements.missing(21, platformWith(TOMCAT_PART)::contains))
                .isEqualTo("This is FleetMan's war for Tomcat, and this server is none: deploy fleetman.war instead.");
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta.ws.rs.core.Application, Jakarta REST",
        "jakarta.enterprise.inject.spi.CDI, Jakarta Contexts and Dependency Injection",
        "jakarta.transaction.TransactionSynchronizationRegistry, Jakarta Transactions",
        "jakarta.persistence.EntityManager, Jakarta Persistence",
        "jakarta.enterprise.concurrent.ManagedScheduledExecutorService, Jakarta Concurrency"
    })
    void whatAServerLacksIsNamed(String type, String name) {
        Set<String> present = platformWith(SERVER_PART);
        present.remove(type);

        assertThat(Requirements.missing(21, present::contains))
                .startsWith("This server has no " + name + " (" + type + "), which fleetman.war needs")
                .doesNotContain("\n");
    }
}
