package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthPageTest {
    private record Fixed(String component, Health check, Set<Probe> probes) implements HealthCheck {}

    private static String ready(Health... states) {
        var checks = new java.util.ArrayList<HealthCheck>();
        for (Health state : states) {
            checks.add(new Fixed("c" + checks.size(), state, Set.of(HealthCheck.Probe.READY)));
        }
        return Json.write(HealthPage.status(checks, HealthCheck.Probe.READY));
    }

    @Test
    void isAsBadAsItsWorstPartAndSaysWhy() {
        assertThat(ready(Health.UP, Health.UP))
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"c0\":\"up\",\"c1\":\"up\"}}");
        assertThat(ready(Health.degraded("slow"), Health.UP))
                .isEqualTo("{\"status\":\"degraded\",\"checks\":{\"c0\":\"degraded\",\"c1\":\"up\"},"
                        + "\"reasons\":{\"c0\":\"slow\"}}");
        assertThat(ready(Health.down("gone"), Health.degraded("slow")))
                .isEqualTo("{\"status\":\"down\",\"checks\":{\"c0\":\"down\",\"c1\":\"degraded\"},"
                        + "\"reasons\":{\"c0\":\"gone\",\"c1\":\"slow\"}}");
    }

    @Test
    void asksOnlyThoseThatTheQuestionIsAbout() {
        HealthCheck down = new Fixed("other", Health.down("gone"), Set.of(HealthCheck.Probe.READY));

        assertThat(Json.write(HealthPage.status(List.of(down), HealthCheck.Probe.LIVE)))
                .isEqualTo("{\"status\":\"up\",\"checks\":{}}");
    }
}
