package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LockOrderTest {
    private static final UUID LOW = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID MIDDLE = UUID.fromString("7fffffff-ffff-7fff-8000-000000000000");
    private static final UUID HIGH = UUID.fromString("80000000-0000-7000-8000-000000000000"); // negative in Java

    private final LockOrder order = new LockOrder();

    @Test
    void takesInTheOrderOfTheDatabase() {
        assertThat(order.take(List.of(HIGH, LOW, MIDDLE, LOW))).containsExactly(LOW, MIDDLE, HIGH);
    }

    @Test
    void takesNothingTwice() {
        order.take(List.of(LOW, HIGH));

        assertThat(order.take(List.of(HIGH, LOW))).isEmpty();
        assertThat(order.take(List.of())).isEmpty();
    }

    @Test
    void takesMoreAsLongAsItGoesUp() {
        order.take(List.of(LOW));

        assertThat(order.take(List.of(LOW, MIDDLE))).containsExactly(MIDDLE);
        assertThat(order.take(List.of(HIGH))).containsExactly(HIGH);
    }

    @Test
    void refusesToGoDownAndHoldsWhatItHeld() {
        order.take(List.of(MIDDLE));

        assertThatIllegalStateException().isThrownBy(() -> order.take(List.of(HIGH, LOW)));
        assertThatIllegalStateException().isThrownBy(() -> order.take(List.of(LOW)));
        assertThat(order.take(List.of(HIGH))).containsExactly(HIGH);
    }
}
