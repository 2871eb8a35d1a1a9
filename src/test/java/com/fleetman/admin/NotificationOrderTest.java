package com.fleetman.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import com.fleetman.platform.SampleSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationOrderTest {
    private static NotificationOrder.Checked checked(String json) {
        return Json.read(json, NotificationOrder.class)
                .checked(SampleSettings.complete().limits());
    }

    private static List<String> wrong(String json) {
        return catchThrowableOfType(Problem.class, () -> checked(json)).body().errors().stream()
                .map(error -> error.field() + " " + error.code())
                .toList();
    }

    private static String toAll(String more) {
        return "{\"recipients\":{\"all\":true},\"type\":\"NEWS\",\"title\":\"t\",\"message\":\"m\"" + more + "}";
    }

    @Test
    void whatIsLeftOutIsOrdinary() {
        NotificationOrder.Checked order = checked(toAll(""));

        NewNotification told = order.content().notification();
        assertThat(told.priority()).isEqualTo(Priority.NORMAL);
        assertThat(told.source()).isEqualTo("ADMIN");
        assertThat(told.actionUrl()).isNull();
        assertThat(told.metadata()).isEmpty();
        assertThat(order.dryRun()).isFalse();
        assertThat(order.recipients()).isEqualTo(new NotificationOrder.Asked(null, null, null));
    }

    @Test
    void whatIsKeptIsReadAsItWas() {
        MailingContent content = checked(toAll(",\"metadata\":{\"a\":1.50,\"b\":[null]},\"priority\":\"LOW\""))
                .content();

        assertThat(Json.read(Json.write(content), MailingContent.class)).isEqualTo(content);
        assertThat(Json.write(content.notification().metadata())).isEqualTo("{\"a\":1.50,\"b\":[null]}");
        assertThat(content.toString()).doesNotContain("1.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\\\evil", "https://x", "x", "/a b", "/a\\u0009", "/a\\u00a0b\\u0085"})
    void noLinkLeadsOutOfTheApplication(String url) {
        assertThat(wrong(toAll(",\"actionUrl\":\"" + url + "\""))).containsExactly("actionUrl not_a_path");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(wrong("{}"))
                .containsExactly("recipients required", "type required", "title required", "message required");
        assertThat(wrong(toAll(",\"source\":\"x y\",\"metadata\":3")))
                .containsExactly("source invalid_code", "metadata wrong_type");
    }
}
