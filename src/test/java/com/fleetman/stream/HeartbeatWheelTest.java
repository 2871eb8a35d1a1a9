package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatWheelTest {
    private static final Duration TICK = Duration.ofMillis(100);

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 300, 400, 1_000, 1_050, 29_900, 30_000, 3_600_000})
    void callsEveryMemberExactlyOncePerTurn(int intervalMs) {
        var wheel = new HeartbeatWheel<Integer>(Duration.ofMillis(intervalMs), TICK);
        int ticks = intervalMs / 100;
        int members = Math.min(2 * ticks, 1_000);
        for (int member = 0; member < members; member++) {
            wheel.add(member);
        }

        for (int turn = 1; turn <= 2; turn++) {
            var calls = new HashMap<Integer, Integer>();
            for (int tick = 0; tick < ticks; tick++) {
                wheel.turn(member -> calls.merge(member, 1, Integer::sum));
            }
            assertThat(calls).hasSize(members);
            assertThat(calls.values()).containsOnly(1);
        }
    }

    @Test
    void spreadsMembersThatCameAllAtOnceEvenly() {
        var wheel = new HeartbeatWheel<Integer>(Duration.ofSeconds(30), TICK);
        for (int member = 0; member < 9_000; member++) {
            wheel.add(member);
        }

        assertThat(duePerTick(wheel, 300)).containsOnly(30);
    }

    @Test
    void spreadsAFewMembersWidely() {
        var wheel = new HeartbeatWheel<Integer>(Duration.ofSeconds(30), TICK);
        for (int member = 0; member < 30; member++) {
            wheel.add(member);
        }

        List<Integer> due = duePerTick(wheel, 300);
        for (int second = 0; second < 30; second++) {
            assertThat(due.subList(second * 10, second * 10 + 10).stream()
                            .mapToInt(n -> n)
                            .sum())
                    .as("in second %d", second)
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void callsAMemberOnceHoweverOftenItWasAdded() {
        var wheel = new HeartbeatWheel<String>(Duration.ofSeconds(1), TICK);
        wheel.add("member");
        wheel.add("member");

        assertThat(duePerTick(wheel, 10).stream().mapToInt(n -> n).sum()).isEqualTo(1);
    }

    @Test
    void forgetsWhoLeaves() {
        var wheel = new HeartbeatWheel<String>(Duration.ofSeconds(1), TICK);
        wheel.add("stays");
        wheel.add("leaves");
        wheel.remove("leaves");
        wheel.remove("leaves");
        wheel.remove("was never there");

        assertThat(wheel.members()).containsOnly("stays");
        assertThat(duePerTick(wheel, 10).stream().mapToInt(n -> n).sum()).isEqualTo(1);
    }

    @Test
    void letsMembersLeaveWhileItTurns() {
        var wheel = new HeartbeatWheel<Integer>(TICK, TICK);
        for (int member = 0; member < 100; member++) {
            wheel.add(member);
        }

        wheel.turn(wheel::remove);

        assertThat(wheel.members()).isEmpty();
        assertThat(duePerTick(wheel, 1)).containsOnly(0);
    }

    private static <T> List<Integer> duePerTick(HeartbeatWheel<T> wheel, int ticks) {
        var due = new ArrayList<Integer>();
        for (int tick = 0; tick < ticks; tick++) {
            var calls = new ArrayList<T>();
            wheel.turn(calls::add);
            due.add(calls.size());
        }
        return due;
    }
}
