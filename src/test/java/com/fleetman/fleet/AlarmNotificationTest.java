package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmNotificationTest {
    private static final int LIMIT = 8_192;

    private static Map<String, Object> metadata(String description, List<String> parts) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("machineId", "m");
        metadata.put("day", "2026-11-23");
        metadata.put("description", description);
        metadata.put("relatedParts", parts);
        return metadata;
    }

    private static int size(Map<String, Object> metadata) {
        return Json.write(metadata).getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void whatFitsIsTold() {
        var metadata = metadata("Cambiar aceite", List.of("filtro"));

        assertThat(AlarmNotification.fitting(metadata, List.of("filtro"), LIMIT))
                .isEqualTo(metadata);
    }

    @Test
    void theLastPartsAreLeftOutFirst() {
        List<String> parts = Collections.nCopies(50, "🏗".repeat(100));
        var metadata = metadata("Cambiar aceite", parts);

        var fitting = AlarmNotification.fitting(metadata, parts, LIMIT);

        assertThat(size(fitting)).isBetween(LIMIT - 410, LIMIT);
        assertThat(fitting.get("description")).isEqualTo("Cambiar aceite");
        assertThat(fitting.get("relatedParts")).isEqualTo(parts.subList(0, 20));
    }

    @Test
    void thenTheDescriptionIsCutBetweenCharacters() {
        String longest = "🏗".repeat(1_000);

        var fitting = AlarmNotification.fitting(metadata(longest, List.of("x")), List.of("x"), 1_000);

        assertThat(size(fitting)).isLessThanOrEqualTo(1_000);
        assertThat(fitting.get("relatedParts")).isEqualTo(List.of());
        assertThat(fitting.get("description")).isEqualTo("🏗".repeat(125));
    }

    @Test
    void evenTheSmallestLimitStopsNothing() {
        assertThat(AlarmNotification.fitting(metadata("x", List.of("x")), List.of("x"), 64))
                .containsOnlyKeys("machineId", "day", "description");
        assertThat(AlarmNotification.fitting(metadata("x", List.of("x")), List.of("x"), 2))
                .isEmpty();
    }
}
