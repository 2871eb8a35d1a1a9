package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailTest {
    private final Tail tail = new Tail();

    @Test
    void hasWhatWasPutThereLately() {
        Frame frame = put(5);

        assertThat(tail.get(5)).isSameAs(frame);
        assertThat(tail.get(4)).isNull();
        assertThat(tail.get(6)).isNull();
    }

    @Test
    void keepsTheNewestOfAnyNumber() {
        for (int seq = 1; seq <= 1_000; seq++) {
            put(seq);
        }

        assertThat(tail.get(968)).isNull();
        for (int seq = 969; seq <= 1_000; seq++) {
            assertThat(tail.get(seq)).extracting(Frame::seq).isEqualTo((long) seq);
        }
    }

    @Test
    void isNotSetBackByALateOne() {
        Frame newer = put(40);
        put(8); // the same place

        assertThat(tail.get(40)).isSameAs(newer);
        assertThat(tail.get(8)).isNull();
    }

    @Test
    void leavesOutWhatIsLarge() {
        tail.put(Frame.logged(1, "", "x".repeat(16_384)));

        assertThat(tail.get(1)).isNull();
    }

    @Test
    void isEmptyAfterClear() {
        put(1);
        put(2);

        tail.clear();

        assertThat(tail.get(1)).isNull();
        assertThat(tail.get(2)).isNull();
    }

    private Frame put(long seq) {
        Frame frame = Frame.logged(seq, "", "{}");
        tail.put(frame);
        return frame;
    }
}
