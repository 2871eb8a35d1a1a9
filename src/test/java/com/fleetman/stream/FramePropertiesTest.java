package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Json;
import com.fleetman.testing.EventStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is written as frames is read as the same events, whatever is in them and however the network cuts them. */
class FramePropertiesTest {
    private static Frame frame(int index, String text) {
        String data = Json.write(Map.of(
                "text",
                text.codePoints()
                        .filter(c -> c < 0xD800 || c > 0xDFFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()));
        return switch (index % 4) {
            case 0 -> Frame.logged(index + 1L, UserEvent.DEFAULT, data);
            case 1 -> Frame.logged(index + 1L, "chat-message", data);
            case 2 -> Frame.hint("typing", data);
            default ->
                Frame.retrying(Duration.ofSeconds(3), "", "reconnect", data).followedBy(Frame.HEARTBEAT);
        };
    }

    @Property(tries = 300)
    void framesAreReadAsTheyWereWritten(
            @ForAll @Size(max = 12) List<String> texts, @ForAll @IntRange(min = 1, max = 64) int portion) {
        var wire = new ByteArrayOutputStream();
        for (int i = 0; i < texts.size(); i++) {
            wire.writeBytes(frame(i, texts.get(i)).bytes());
        }

        EventStream stream = EventStream.read(new Portions(wire.toByteArray(), portion));

        assertThat(stream.events()).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            EventStream.Event event = stream.events().get(i);
            assertThat(event.name())
                    .isEqualTo(List.of("message", "chat-message", "typing", "reconnect")
                            .get(i % 4));
            assertThat(event.id()).isEqualTo(i % 4 < 2 ? String.valueOf(i + 1) : null);
            assertThat(new String(frame(i, texts.get(i)).bytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("data: " + event.text() + "\n");
        }
    }

    /** At most so many bytes at a time, like a network. */
    private static final class Portions extends ByteArrayInputStream {
        private final int most;
        private final RandomGenerator random = new java.util.Random(1);

        Portions(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] to, int at, int wanted) {
            return super.read(to, at, Math.min(wanted, 1 + random.nextInt(most)));
        }
    }
}
