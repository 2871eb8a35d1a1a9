package com.fleetman.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fleetman.platform.Problem;
import com.fleetman.platform.SampleSettings;
import com.fleetman.platform.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewNotificationTest {
    private static final Settings.Limits LIMITS = SampleSettings.complete().limits();

    @Test
    void saysWhatItWasGiven() {
        var subject = new NewNotification.Subject("conversation:x", 3);
        NewNotification told = NewNotification.of("TYPE", "title", "message", Map.of("a", 1))
                .from("FLEET")
                .leadingTo("/machines/1")
                .pressing(Priority.URGENT)
                .once("key")
                .about(subject);

        assertThat(told)
                .isEqualTo(new NewNotification(
                        "TYPE",
                        "title",
                        "message",
                        Map.of("a", 1),
                        "/machines/1",
                        Priority.URGENT,
                        "FLEET",
                        "key",
                        subject));
    }

    @Test
    void isFromTheSystemAndOfNormalPriorityUnlessSaid() {
        NewNotification told = NewNotification.of("TYPE", "title", "message", Map.of());

        assertThat(told.source()).isEqualTo("SYSTEM");
        assertThat(told.priority()).isEqualTo(Priority.NORMAL);
        assertThat(told.actionUrl()).isNull();
        assertThat(told.dedupKey()).isNull();
        assertThat(told.subject()).isNull();
    }

    @Test
    void metadataMayHaveEightKibibytesOfJsonAndNoByteMore() {
        int frame = "{\"a\":\"\"}".length();

        assertThat(withText("é".repeat((8_192 - frame) / 2)).metadataJson(LIMITS))
                .hasSize(frame + 4_092);
        assertThatThrownBy(() -> withText("é".repeat(4_092) + "x").metadataJson(LIMITS))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.code()).isEqualTo("metadata_too_large");
                });
    }

    private static NewNotification withText(String text) {
        return NewNotification.of("TYPE", "title", "message", Map.of("a", text));
    }
}
