package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Test
    void areVersion7WithTheTimeOfCreationInFront() {
        long before = System.currentTimeMillis();
        UUID id = Ids.next();
        long after = System.currentTimeMillis();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
    }

    @Test
    void areUnique() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Ids.next());
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void areReadInTheirCanonicalFormInEitherCase() {
        UUID id = Ids.next();

        assertThat(Ids.parse("id", id.toString())).isEqualTo(id);
        assertThat(Ids.parse("id", id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1-1-1-1-1",
                "me",
                "{0190163d-8694-739b-aea5-966c26f8ad91}",
                "0190163d8694739baea5966c26f8ad91",
                "0190163d-8694-739b-aea5-966c26f8ad9\u0661",
                "0190163d-8694-739b-aea5-966c26f8ad91\n"
            })
    void refuseEverythingElse(String text) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Ids.parse("machineId", text));

        assertThat(problem.code()).isEqualTo("invalid_uuid");
        assertThat(problem.body().errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("machineId");
    }
}
