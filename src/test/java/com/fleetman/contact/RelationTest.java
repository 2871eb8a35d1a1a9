package com.fleetman.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelationTest {
    private static final Instant FIRST = Instant.parse("2026-01-10T12:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(1);

    private final Relation relation = new Relation(UUID.randomUUID(), UUID.randomUUID());

    @Test
    void startsWithoutAnyDecision() {
        assertThat(relation.standing()).isEqualTo(Standing.NONE);
    }

    @Test
    void contactBlockAndAcceptedChatAreIndependent() {
        assertThat(relation.decide(Decision.ADDED, FIRST)).isTrue();
        assertThat(relation.decide(Decision.BLOCKED, FIRST)).isTrue();
        assertThat(relation.decide(Decision.ACCEPTED, FIRST)).isTrue();
        assertThat(relation.standing()).isEqualTo(new Standing(true, true, true));

        assertThat(relation.decide(Decision.REMOVED, LATER)).isTrue();
        assertThat(relation.standing()).isEqualTo(new Standing(false, true, true));

        assertThat(relation.decide(Decision.UNBLOCKED, LATER)).isTrue();
        assertThat(relation.standing()).isEqualTo(new Standing(false, false, true));
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void theSameDecisionAgainChangesNothing(Decision decision) {
        relation.decide(decision, FIRST);

        assertThat(relation.decide(decision, LATER)).isFalse();
        assertThat(relation.contactSince()).isNotEqualTo(LATER);
        assertThat(relation.blockedSince()).isNotEqualTo(LATER);
    }
}
