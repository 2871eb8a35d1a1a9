package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void isExactlyWhatTheStandardSays() {
        assertThat(text(Frame.logged(7, "chat-message", "{\"a\":1}")))
                .isEqualTo("id: 7\nevent: chat-message\ndata: {\"a\":1}\n\n");
        assertThat(text(Frame.hint("typing", "{}"))).isEqualTo("event: typing\ndata: {}\n\n");
        assertThat(text(Frame.positioned(9, "reset", "{}"))).isEqualTo("id: 9\nevent: reset\ndata: {}\n\n");
        assertThat(text(Frame.HEARTBEAT)).isEqualTo(": heartbeat\n\n");
    }

    @Test
    void hasNoEventLineForTheDefaultEvent() {
        assertThat(text(Frame.logged(1, UserEvent.DEFAULT, "{}"))).isEqualTo("id: 1\ndata: {}\n\n");
    }

    @Test
    void tellsTheReconnectionTimeInMilliseconds() {
        assertThat(text(Frame.retrying(Duration.ofSeconds(3), "id: 4\n", "", "{}")))
                .isEqualTo("retry: 3000\nid: 4\ndata: {}\n\n");
    }

    @Test
    void putsEveryLineOfTheDataOnADataLine() {
        assertThat(text(Frame.hint("", "one\ntwo\r\nthree\rfour")))
                .isEqualTo("data: one\ndata: two\ndata: three\ndata: four\n\n");
    }

    @Test
    void isUtf8OfAnyUnicode() {
        String said = "ñ 中文 😀 \u2028 \u0085";

        assertThat(text(Frame.hint("", said))).isEqualTo("data: " + said + "\n\n");
        assertThat(Frame.hint("", "😀").bytes()).hasSize("data: ".length() + 4 + 2);
    }

    @Test
    void hasAPositionOnlyInTheLog() {
        assertThat(Frame.logged(7, "", "{}").seq()).isEqualTo(7);
        assertThat(Frame.hint("", "{}").seq()).isZero();
        assertThat(Frame.positioned(7, "reset", "{}").seq()).isZero();
        assertThat(Frame.HEARTBEAT.seq()).isZero();
    }

    @Test
    void tellsItsTraceAsTheLastMemberOfItsData() {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Frame frame = Frame.logged(7, "chat-message", "{\"a\":{}}", traceparent);

        assertThat(text(frame))
                .isEqualTo("id: 7\nevent: chat-message\ndata: {\"a\":{},\"traceparent\":\"" + traceparent + "\"}\n\n");
        assertThat(frame.trace()).isEqualTo(new Frame.Trace("chat-message", traceparent));
        assertThat(frame.committed(5).trace()).isEqualTo(frame.trace());
        assertThat(text(Frame.logged(1, "", "{}", traceparent)))
                .isEqualTo("id: 1\ndata: {\"traceparent\":\"" + traceparent + "\"}\n\n");
        assertThat(text(Frame.logged(1, "", "{}", null))).isEqualTo("id: 1\ndata: {}\n\n");
        assertThat(Frame.logged(1, "", "{}", null).trace()).isNull();
    }

    @Test
    void isFollowedByAnotherInTheSameWrite() {
        Frame both = Frame.hint("a", "1").followedBy(Frame.logged(3, "b", "2"));

        assertThat(text(both)).isEqualTo("event: a\ndata: 1\n\nid: 3\nevent: b\ndata: 2\n\n");
        assertThat(both.seq()).isZero();
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }
}
