package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fleetman.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BusMessageTest {
    private static final String NODE = "node-a";
    private static final int LIMIT = PostgresBus.MOST_BYTES;
    private final UUID user = Ids.next();

    @Test
    void carriesEverySignal() {
        var hint = new Signal.Hint(user, "typing", "{\"text\":\"\\\"ñ😀\\\"\"}");
        var ended = new Signal.Ended(Set.of(user, Ids.next()), "logged_out");
        var stream = new Signal.Close(null, Ids.next());
        var streams = new Signal.Close(user, null);

        assertThat(overTheWire(List.of(wakeUp(user, 7), hint, ended, stream, streams)))
                .containsExactlyInAnyOrder(wakeUp(user, 7), hint, ended, stream, streams);
    }

    @Test
    void carriesASmallEventWhole() {
        Frame frame = Frame.logged(7, "chat", "{\"text\":\"\\\"ñ😀\\\"\"}");

        List<Signal> arrived = overTheWire(List.of(new Signal.WakeUp(user, 7, frame)));

        assertThat(arrived).singleElement().satisfies(signal -> {
            var wakeUp = (Signal.WakeUp) signal;
            assertThat(wakeUp.userId()).isEqualTo(user);
            assertThat(wakeUp.frame()).isNotNull().satisfies(other -> {
                assertThat(other.seq()).isEqualTo(7);
                assertThat(other.bytes()).isEqualTo(frame.bytes());
            });
        });
    }

    @Test
    void carriesTheTraceOfAnEvent() {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Frame traced = Frame.logged(7, "chat", "{}", traceparent);
        Frame untraced = Frame.logged(8, "chat", "{}");

        List<Signal> arrived =
                overTheWire(List.of(new Signal.WakeUp(user, 7, traced), new Signal.WakeUp(user, 8, untraced)));

        assertThat(arrived)
                .extracting(signal -> java.util.Objects.requireNonNull(((Signal.WakeUp) signal).frame())
                        .trace())
                .containsExactly(new Frame.Trace("chat", traceparent), null);
        assertThat(BusMessage.encode(NODE, List.of(new Signal.WakeUp(user, 8, untraced)), LIMIT))
                .noneMatch(text -> text.contains("trace"));
    }

    @Test
    void leavesALargeFrameAtHome() {
        var here = new Signal.WakeUp(user, 7, Frame.logged(7, "", "中".repeat(2_000)));

        assertThat(overTheWire(List.of(here))).containsExactly(wakeUp(user, 7));
    }

    /** Whatever has to be escaped: the position arrives, with its frame or without. */
    @Test
    void neverLosesAPositionToTheSizeOfItsFrame() {
        var here = new Signal.WakeUp(user, 7, Frame.logged(7, "", "\"".repeat(3_900)));

        assertThat(overTheWire(List.of(here)))
                .singleElement()
                .satisfies(signal -> assertThat(((Signal.WakeUp) signal).seq()).isEqualTo(7));
    }

    @Test
    void putsTheEventsOfAUserInOrder() {
        List<Signal> arrived = overTheWire(List.of(event(2), event(1), event(3)));

        assertThat(arrived).extracting(signal -> ((Signal.WakeUp) signal).seq()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void passesOverWhatALaterVersionHasAdded() {
        String later =
                "{\"v\":1,\"node\":\"b\",\"region\":{\"x\":1},\"smoke\":[{\"a\":1}],\"wake\":[{\"user\":\"" + user
                        + "\",\"seq\":7,\"why\":[1]}],\"events\":[{\"user\":\"" + user
                        + "\",\"seq\":8,\"frame\":\"id: 8\\n\\n\",\"zip\":null}]}";

        assertThat(BusMessage.decode(later, NODE))
                .extracting(signal -> ((Signal.WakeUp) signal).seq())
                .containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void passesOverAMessageOfAnotherVersion() {
        assertThat(BusMessage.decode("{\"v\":2,\"node\":\"b\",\"wake\":\"other\"}", NODE))
                .isEmpty();
        assertThat(BusMessage.decode("{\"node\":\"b\",\"wake\":{\"" + user + "\":1}}", NODE))
                .isEmpty();
    }

    @Test
    void foldsTheWakeUpsOfAUserIntoTheNewest() {
        List<String> texts = encoded(List.of(wakeUp(user, 7), wakeUp(user, 9), wakeUp(user, 8)));

        assertThat(texts).hasSize(1);
        assertThat(BusMessage.decode(texts.get(0), "node-b")).containsExactly(wakeUp(user, 9));
    }

    @Test
    void staysUnderTheLimitOfANotificationAndLosesNothing() {
        var signals = new ArrayList<Signal>();
        Map<UUID, Long> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            UUID someone = Ids.next();
            long seq = 1_000_000_000_000L + i;
            signals.add(wakeUp(someone, seq));
            expected.put(someone, seq);
        }

        List<String> texts = BusMessage.encode("n".repeat(300), signals, LIMIT);

        assertThat(texts)
                .allSatisfy(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT));
        assertThat(texts).hasSizeLessThan(70);
        assertThat(decoded(texts)
                        .collect(Collectors.toMap(
                                signal -> ((Signal.WakeUp) signal).userId(), signal -> ((Signal.WakeUp) signal).seq())))
                .isEqualTo(expected);
    }

    @Test
    void splitsTheEndOfManySessions() {
        Set<UUID> sessions = Stream.generate(Ids::next).limit(1_000).collect(Collectors.toSet());

        List<String> texts = encoded(List.of(new Signal.Ended(sessions, "deactivated")));

        assertThat(texts)
                .allSatisfy(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT));
        var arrived = new HashSet<UUID>();
        decoded(texts).forEach(signal -> arrived.addAll(((Signal.Ended) signal).sessionIds()));
        assertThat(arrived).isEqualTo(sessions);
    }

    @Test
    void leavesOutAHintThatIsTooLargeAndKeepsTheRest() {
        var large = new Signal.Hint(user, "typing", "中".repeat(3_000)); // short in characters, long in bytes

        assertThat(overTheWire(List.of(large, wakeUp(user, 1)))).containsExactly(wakeUp(user, 1));
    }

    @Test
    void isPassedOverByTheNodeThatSentIt() {
        String text = encoded(List.of(wakeUp(user, 1))).get(0);

        assertThat(BusMessage.decode(text, NODE)).isEmpty();
    }

    @Test
    void isNothingForNothing() {
        assertThat(encoded(List.of())).isEmpty();
    }

    @Test
    void refusesWhatNoNodeSends() {
        assertThatThrownBy(() -> BusMessage.decode("", NODE)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> BusMessage.decode("{}", NODE)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> BusMessage.decode("{\"v\":1,\"node\":\"b\",\"wake\":[{\"x\":1}]}", NODE))
                .isInstanceOf(RuntimeException.class);
    }

    private static Signal.WakeUp wakeUp(UUID userId, long seq) {
        return new Signal.WakeUp(userId, seq, null);
    }

    private Signal event(long seq) {
        return new Signal.WakeUp(user, seq, Frame.logged(seq, "", "{}"));
    }

    private static List<String> encoded(List<Signal> signals) {
        return BusMessage.encode(NODE, signals, LIMIT);
    }

    private static List<Signal> overTheWire(List<Signal> signals) {
        return decoded(encoded(signals)).toList();
    }

    private static Stream<Signal> decoded(List<String> texts) {
        return texts.stream().flatMap(text -> BusMessage.decode(text, "node-b").stream());
    }
}
