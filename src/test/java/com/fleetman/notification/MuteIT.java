package com.fleetman.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is muted is told as everything else, and every device knows what is muted. */
@InContainer(probes = true)
class MuteIT {
    private final Account user = Account.register(Node.first(), "Silencio");

    private static Iterable<String> types(JsonNode mutes) {
        return mutes.findValuesAsText("type");
    }

    @Test
    void everyDeviceLearnsWhatIsMutedAndChangesNothingTwice() {
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            assertThat(types(user.put("notifications/mutes/NEW_MESSAGE").data()))
                    .containsExactly("NEW_MESSAGE");
            assertThat(types(user.put("notifications/mutes/ALARM").data())).containsExactly("ALARM", "NEW_MESSAGE");
            user.put("notifications/mutes/ALARM").data();
            user.delete("notifications/mutes/NEW_MESSAGE").data();
            user.delete("notifications/mutes/NEVER_MUTED").data();
            user.put("notifications/mutes/LAST").data();

            EventStream.Event last =
                    stream.await("the last mute", event -> event.text().contains("LAST"));
            assertThat(last.name()).isEqualTo("mutes");
            assertThat(types(last.data().get("mutes"))).containsExactly("ALARM", "LAST");
            assertThat(stream.ids()).containsExactly(1L, 2L, 3L, 4L);
        }
        JsonNode mutes = user.get("notifications/mutes").data();
        assertThat(types(mutes)).containsExactly("ALARM", "LAST");
        assertThat(mutes.get(0).get("since").textValue()).endsWith("Z");
        assertThat(user.onAnotherDevice().get("notifications/mutes").data()).isEqualTo(mutes);
    }

    @Test
    void whatIsMutedIsMadeLoggedAndCounted() {
        user.put("notifications/mutes/TEST").data();
        try (EventStream stream = EventStream.open(user).awaitConnected()) {
            user.post("test/notify", Map.of("title", "quiet")).data();
            stream.await("the notification", event -> event.text().contains("quiet"));
        }
        assertThat(user.get("notifications/unread-count").data().get("count").intValue())
                .isEqualTo(1);
    }

    private String told(String title) {
        return user.post("test/notify", Map.of("title", title)).data().get("id").textValue();
    }

    @Test
    void administratorsAreToldWhetherSomethingWasMutedWhenItWasMade() {
        Account admin = Account.register(Node.first(), "Pregunta");
        admin.becomeAdministrator();
        String before = told("loud");
        user.put("notifications/mutes/TEST").data();
        String after = told("quiet");

        String why = "admin/users/" + user.id() + "/why?notificationId=";
        assertThat(admin.get(why + before).data().at("/notification/muted").booleanValue())
                .isFalse();
        assertThat(admin.get(why + after).data().at("/notification/muted").booleanValue())
                .isTrue();
    }

    @Test
    void onlyNamesOfTypesAndNotAnyNumberOfThem() {
        assertThat(user.put("notifications/mutes/not-a-type").problem()).isEqualTo("400 validation_failed");
        assertThat(user.delete("notifications/mutes/" + "X".repeat(65)).problem())
                .isEqualTo("400 validation_failed");
        for (int i = 0; i < 100; i++) {
            user.put("notifications/mutes/T" + i).data();
        }
        assertThat(user.put("notifications/mutes/ONE_MORE").problem()).isEqualTo("409 too_many_mutes");
        user.put("notifications/mutes/T7").data();
        assertThat(user.get("notifications/mutes").data()).hasSize(100);
    }
}
