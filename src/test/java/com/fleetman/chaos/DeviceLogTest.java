package com.fleetman.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.chaos.DeviceLog.Logged;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The checker of the chaos run finds what it is there to find. */
class DeviceLogTest {
    private final DeviceLog device = new DeviceLog();

    private static Logged event(long id) {
        return new Logged(id, "chat-message", "{\"number\":" + id + "}");
    }

    private static SortedMap<Long, Logged> log(long last) {
        var log = new TreeMap<Long, Logged>();
        LongStream.rangeClosed(1, last).forEach(id -> log.put(id, event(id)));
        return log;
    }

    private void take(long... ids) {
        for (long id : ids) {
            device.take(event(id));
        }
    }

    @Test
    void holdsExactlyTheLog() {
        device.begin(2);
        take(3, 4, 5);

        assertThat(device.differencesTo(log(5))).isEmpty();
        assertThat(device.last()).contains(5L);
        assertThat(device.size()).isEqualTo(3);
    }

    @Test
    void lacksAnEvent() {
        device.begin(0);
        take(1, 2);

        assertThat(device.take(event(4))).contains("event 4 where 3 was due");
        assertThat(device.differencesTo(log(4))).containsExactly("from 0 to 4 missing: [3]");
    }

    @Test
    void lacksTheEnd() {
        device.begin(0);
        take(1, 2);

        assertThat(device.differencesTo(log(4))).containsExactly("from 0 to 4 missing: [3, 4]");
    }

    @Test
    void hasAnEventTwice() {
        device.begin(0);
        take(1, 2);

        assertThat(device.take(event(2))).contains("event 2 where 3 was due");
        take(3);
        assertThat(device.differencesTo(log(3))).containsExactly("from 0 to 3 doubled: [2]");
    }

    @Test
    void hasTwoEventsTheWrongWayRound() {
        device.begin(0);
        take(1, 3, 2, 4);

        assertThat(device.differencesTo(log(4))).containsExactly("from 0 to 4 out of order: [2]");
    }

    @Test
    void hasOtherBytes() {
        device.begin(0);
        take(1);
        device.take(new Logged(2, "chat-message", "{\"number\":3}"));
        device.take(new Logged(3, "chat-read", "{\"number\":3}"));

        assertThat(device.differencesTo(log(3))).containsExactly("from 0 to 3 with another payload: [2, 3]");
    }

    @Test
    void hasWhatTheLogHasNot() {
        device.begin(0);
        take(1, 2);

        assertThat(device.differencesTo(log(1))).containsExactly("from 0 to 1 unknown: [2]");
    }

    @Test
    void hasWhatWasBeforeItsBeginning() {
        device.begin(2);
        take(2, 3);

        assertThat(device.differencesTo(log(3))).containsExactly("from 2 to 3 unknown: [2]");
    }

    @Test
    void beganAnewAndLacksNothingOfEitherStretch() {
        device.begin(0);
        take(1, 2);
        device.begin(4);
        take(5);

        assertThat(device.differencesTo(log(5))).isEmpty();
    }

    @Test
    void lackedAnEventBeforeItBeganAnew() {
        device.begin(0);
        take(1, 3);
        device.begin(4);
        take(5);

        assertThat(device.differencesTo(log(5))).containsExactly("from 0 to 3 missing: [2]");
    }

    @Test
    void wasNeverThere() {
        assertThat(device.differencesTo(log(1))).containsExactly("it has never been connected");
    }
}
