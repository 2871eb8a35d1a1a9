package com.fleetman.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationTest {
    /** The greater of the two where bits are compared without a sign, as PostgreSQL does, and the lesser in Java. */
    private static final UUID HIGH = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");

    private static final UUID LOW = UUID.fromString("00000000-0000-4000-8000-000000000000");

    @Test
    void itsUsersAreOrderedAsPostgresOrdersThem() {
        assertThat(HIGH).isLessThan(LOW);
        assertThat(Conversation.low(LOW, HIGH)).isEqualTo(LOW);
        assertThat(Conversation.low(HIGH, LOW)).isEqualTo(LOW);
        assertThat(Conversation.high(LOW, HIGH)).isEqualTo(HIGH);
        assertThat(Conversation.high(HIGH, LOW)).isEqualTo(HIGH);
    }

    @Test
    void isTheSameFromBothSides() {
        Conversation conversation = Conversation.between(HIGH, LOW);

        assertThat(conversation.isBetween(LOW, HIGH)).isTrue();
        assertThat(conversation.isBetween(HIGH, LOW)).isTrue();
        assertThat(conversation.isBetween(HIGH, UUID.randomUUID())).isFalse();
    }

    @Test
    void numbersItsMessagesFromOne() {
        Conversation conversation = Conversation.between(LOW, HIGH);

        assertThat(conversation.nextNumber()).isEqualTo(1);
        assertThat(conversation.nextNumber()).isEqualTo(2);
    }
}
