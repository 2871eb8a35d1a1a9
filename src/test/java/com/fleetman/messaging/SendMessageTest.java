package com.fleetman.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import com.fleetman.platform.SampleSettings;
import com.fleetman.platform.Settings;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessageTest {
    private static final Settings.Limits LIMITS = SampleSettings.complete().limits();
    private static final UUID SENDER = UUID.randomUUID();
    private static final String RECIPIENT = UUID.randomUUID().toString();

    @Test
    void aPreviewIsTheFirstHundredCharacters() {
        assertThat(SendMessage.preview("x")).isEqualTo("x");
        assertThat(SendMessage.preview("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(SendMessage.preview("x".repeat(100) + "y")).isEqualTo("x".repeat(100));
    }

    @Test
    void aPreviewNeverEndsInHalfACharacter() {
        assertThat(SendMessage.preview("x".repeat(99) + "🚜🚜")).isEqualTo("x".repeat(99) + "🚜");
        assertThat(SendMessage.preview("🚜".repeat(100))).isEqualTo("🚜".repeat(100));
        assertThat(SendMessage.preview("🚜".repeat(150))).isEqualTo("🚜".repeat(100));
        assertThat(SendMessage.preview("x".repeat(100) + "🚜")).isEqualTo("x".repeat(100));
    }

    @Test
    void lengthIsCountedInCharactersAfterTrimming() {
        assertThat(command("a", null).content()).isEqualTo("a");
        assertThat(command(" \n🚜".repeat(1) + "🚜".repeat(999) + "\t\u3000", null)
                        .content())
                .isEqualTo("🚜".repeat(1_000));
        assertThat(refused(RECIPIENT, "🚜".repeat(1_001), null)).isEqualTo("content: too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\u00a0", "\u2007\u202f", "\u0085", "\u3000\u2028\u2029"})
    void whiteSpaceIsNoMessage(String blank) {
        assertThat(refused(RECIPIENT, blank, null)).isEqualTo("content: blank");
        assertThat(command(blank + "a" + blank + "b" + blank, null).content()).isEqualTo("a" + blank + "b");
    }

    @Test
    void everyFieldThatIsWrongIsNamed() {
        assertThat(refused(null, null, null)).isEqualTo("recipientId: required, content: required");
        assertThat(refused("", "x", "")).isEqualTo("recipientId: blank, Idempotency-Key: blank");
        assertThat(refused(RECIPIENT, "x", "k".repeat(256))).isEqualTo("Idempotency-Key: too_long");
        assertThat(refused("x", "x", null)).isEqualTo("recipientId: invalid_uuid");
        assertThat(refused("1-1-1-1-1", "x", null)).isEqualTo("recipientId: invalid_uuid");
        assertThat(refused(SENDER.toString(), "x", null)).isEqualTo("recipientId: message_to_self");
        assertThat(command("x", "k".repeat(255)).idempotencyKey()).hasSize(255);
    }

    @Test
    void theRecipientIsWhoeverTheIdNamesInEitherCase() {
        assertThat(SendMessage.Command.of(SENDER, RECIPIENT.toUpperCase(java.util.Locale.ROOT), "x", null, LIMITS)
                        .recipientId())
                .isEqualTo(UUID.fromString(RECIPIENT));
        assertThatThrownBy(() -> SendMessage.Command.of(
                        SENDER, SENDER.toString().toUpperCase(java.util.Locale.ROOT), "x", null, LIMITS))
                .isInstanceOf(Problem.class);
    }

    private static SendMessage.Command command(String content, @Nullable String key) {
        return SendMessage.Command.of(SENDER, RECIPIENT, content, key, LIMITS);
    }

    private static String refused(@Nullable String recipient, @Nullable String content, @Nullable String key) {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> SendMessage.Command.of(SENDER, recipient, content, key, LIMITS));
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        return String.join(
                ", ",
                problem.body().errors().stream()
                        .map(error -> error.field() + ": " + error.code())
                        .toList());
    }
}
