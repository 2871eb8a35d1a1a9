package com.fleetman.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationTest {
    private static final Instant TOLD = Instant.parse("2026-01-10T12:00:00Z");
    private static final Instant FIRST = TOLD.plusSeconds(1);
    private static final Instant LATER = TOLD.plusSeconds(2);

    private final Notification notification = new Notification(
            UUID.randomUUID(), 7, NewNotification.of("TYPE", "title", "message", Map.of()), "{\"a\":1}", TOLD);

    @Test
    void aNewOneIsUnreadAndUnseen() {
        NotificationView view = notification.view();

        assertThat(notification.isUnread()).isTrue();
        assertThat(notification.seq()).isEqualTo(7);
        assertThat(view.id()).isEqualTo(notification.id());
        assertThat(view.createdAt()).isEqualTo(TOLD);
        assertThat(view.metadata().get("a").intValue()).isEqualTo(1);
        assertThat(view.priority()).isEqualTo(Priority.NORMAL);
        assertThat(view.source()).isEqualTo("SYSTEM");
        assertThat(view.actionUrl()).isNull();
        assertTimes(null, null, null);
    }

    @Test
    void toSeeItIsNotToReadIt() {
        notification.change(StateChange.SEEN, FIRST);

        assertTimes(FIRST, null, null);
        assertThat(notification.isUnread()).isTrue();
    }

    @Test
    void toReadItIsToSeeIt() {
        notification.change(StateChange.READ, FIRST);

        assertTimes(FIRST, FIRST, null);
        assertThat(notification.isUnread()).isFalse();
    }

    @Test
    void whatWasSeenBeforeStaysSeenSinceThen() {
        notification.change(StateChange.SEEN, FIRST);
        notification.change(StateChange.READ, LATER);

        assertTimes(FIRST, LATER, null);
    }

    @Test
    void anArchivedOneDoesNotCountAsUnread() {
        notification.change(StateChange.ARCHIVED, FIRST);

        assertTimes(FIRST, null, FIRST);
        assertThat(notification.isUnread()).isFalse();
    }

    @Test
    void unreadTakesItBackFromTheArchive() {
        notification.change(StateChange.READ, FIRST);
        notification.change(StateChange.ARCHIVED, FIRST);

        notification.change(StateChange.UNREAD, LATER);

        assertTimes(FIRST, null, null);
        assertThat(notification.isUnread()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(StateChange.class)
    void theSameChangeAgainChangesNothing(StateChange change) {
        for (StateChange before : EnumSet.allOf(StateChange.class)) {
            notification.change(before, TOLD);
            notification.change(change, FIRST);
            NotificationView once = notification.view();

            notification.change(change, LATER);

            assertThat(notification.view()).as(before + ", " + change).isEqualTo(once);
        }
    }

    @Test
    void changesAreInLowerCaseOnTheWire() {
        assertThat(StateChange.values())
                .extracting(StateChange::code)
                .containsExactly("seen", "read", "unread", "archived");
    }

    private void assertTimes(
            @org.jspecify.annotations.Nullable Instant seen,
            @org.jspecify.annotations.Nullable Instant read,
            @org.jspecify.annotations.Nullable Instant archived) {
        NotificationView view = notification.view();
        assertThat(view.seenAt()).isEqualTo(seen);
        assertThat(view.readAt()).isEqualTo(read);
        assertThat(view.archivedAt()).isEqualTo(archived);
    }
}
