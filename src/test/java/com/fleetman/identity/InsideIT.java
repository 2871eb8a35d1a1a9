package com.fleetman.identity;

import static com.fleetman.identity.IdentityApi.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.platform.Json;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What identity does for other features and for itself, without a path in the API. */
@InContainer(probes = true)
class InsideIT {
    private final IdentityApi api = new IdentityApi();

    @Test
    void onlyLiveSessionsOfActiveUsersAreLive() throws SQLException {
        Reply live = api.newcomer();
        Reply expired = api.newcomer();
        Reply ended = api.newcomer();
        Reply deactivated = api.newcomer();
        api.update("update user_session set expires_at = now() where id = ?", session(expired));
        api.post("auth/logout", null, bearer(ended.token()));
        api.update("update app_user set status = 'DEACTIVATED' where id = ?", user(deactivated));

        JsonNode answer = api.get("probe/live?id=" + session(live) + "&id=" + session(expired) + "&id=" + session(ended)
                        + "&id=" + session(deactivated) + "&id=" + UUID.randomUUID())
                .data();

        assertThat(answer.properties()).hasSize(1);
        assertThat(answer.get(session(live).toString())).isEqualTo(live.data().get("expiresAt"));
        assertThat(api.get("probe/live").data()).isEmpty();
    }

    @Test
    void profilesAreOfWhomeverThereIs() throws SQLException {
        Reply active = api.newcomer();
        Reply deactivated = api.newcomer();
        api.update("update app_user set status = 'DEACTIVATED' where id = ?", user(deactivated));

        JsonNode profiles = api.get(
                        "probe/profiles?id=" + user(active) + "&id=" + user(deactivated) + "&id=" + UUID.randomUUID())
                .data();

        assertThat(profiles.properties()).hasSize(2);
        assertThat(profiles.get(active.userId()).toString())
                .contains("Grúas Ñandú")
                .doesNotContain("@");
        assertThat(api.get("probe/profiles").data()).isEmpty();
        assertThat(api.get("probe/active?id=" + user(active)).status()).isEqualTo(200);
        assertThat(api.get("probe/active?id=" + user(deactivated)).problem()).isEqualTo("404 user_not_found");
        assertThat(api.get("probe/active?id=" + UUID.randomUUID()).problem()).isEqualTo("404 user_not_found");
    }

    @Test
    void aMethodCanBeClosedInAnOpenClass() {
        assertThat(api.get("probe/closed").problem()).isEqualTo("401 unauthenticated");
        assertThat(api.get("probe/closed", bearer(api.newcomer().token())).problem())
                .isEqualTo("403 forbidden");
    }

    @Test
    void whatCanNeverBeUsedAgainIsForgotten() throws SQLException {
        Reply kept = api.newcomer();
        Reply gone = api.newcomer();
        Reply old = api.newcomer();
        Reply renewed = api.refresh(old.refreshToken());
        api.login(IdentityApi.newEmail(), "guess guess guess");
        api.update("update user_session set expires_at = now() where id = ?", session(gone));
        api.update(
                "update refresh_token set issued_at = now() - interval '31 days' where hash = ?",
                RefreshToken.hash(old.refreshToken()));
        api.update("update login_failure set window_started = now() - interval '1 day'");

        assertThat(api.post("probe/forget", null).data().booleanValue()).isFalse();

        assertThat(api.query("select 1 from user_session where id = ?", session(gone)))
                .isEmpty();
        assertThat(api.query("select 1 from refresh_token where session_id = ?", session(gone)))
                .isEmpty();
        assertThat(api.refresh(old.refreshToken()).problem()).isEqualTo("401 refresh_invalid");
        assertThat(api.query("select 1 from login_failure")).isEmpty();
        assertThat(api.me(kept.token()).status()).isEqualTo(200);
        assertThat(api.refresh(kept.refreshToken()).status()).isEqualTo(200);
        assertThat(api.refresh(renewed.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void oneNodeAtATimeForgets() throws SQLException {
        Reply gone = api.newcomer();
        api.update("update user_session set expires_at = now() where id = ?", session(gone));
        try (Connection other = TestDatabase.connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + ForgetSessions.LOCK + ")");

            assertThat(api.post("probe/forget", null).data().booleanValue()).isFalse();
            assertThat(api.query("select 1 from user_session where id = ?", session(gone)))
                    .hasSize(1);
        }
    }

    private static UUID user(Reply signedIn) {
        return UUID.fromString(signedIn.userId());
    }

    private static UUID session(Reply signedIn) {
        String claims =
                new String(Base64.getUrlDecoder().decode(signedIn.token().split("\\.", -1)[1]), StandardCharsets.UTF_8);
        return UUID.fromString(Json.tree(claims).get("sid").textValue());
    }
}
