package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.SampleSettings;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {
    private final User user = SampleUsers.client();
    private final SignedIn signedIn =
            new SignedIn(user.id(), "aaa.bbb.ccc", "rrr", SampleUsers.NOW.plusSeconds(900), Account.of(user));

    @Test
    void areWrittenToTheByte() {
        assertThat(set("true", "/fleetman"))
                .containsExactly(
                        "fleetman_token=aaa.bbb.ccc; Max-Age=900; Path=/fleetman; Secure; HttpOnly; SameSite=Lax",
                        "fleetman_refresh=rrr; Max-Age=2592000; Path=/fleetman/api/v1/auth; Secure; HttpOnly;"
                                + " SameSite=Lax");
    }

    @Test
    void belongToTheRootIfTheApplicationDoes() {
        assertThat(set("false", ""))
                .containsExactly(
                        "fleetman_token=aaa.bbb.ccc; Max-Age=900; Path=/; HttpOnly; SameSite=Lax",
                        "fleetman_refresh=rrr; Max-Age=2592000; Path=/api/v1/auth; HttpOnly; SameSite=Lax");
    }

    @Test
    void areClearedWithTheSameAttributes() {
        Response.ResponseBuilder response = Response.ok();
        cookies("true").clear(response, "/fleetman");

        assertThat(headers(response))
                .containsExactly(
                        "fleetman_token=; Max-Age=0; Path=/fleetman; Secure; HttpOnly; SameSite=Lax",
                        "fleetman_refresh=; Max-Age=0; Path=/fleetman/api/v1/auth; Secure; HttpOnly; SameSite=Lax");
    }

    private List<Object> set(String secure, String contextPath) {
        Response.ResponseBuilder response = Response.ok();
        cookies(secure).set(response, signedIn, contextPath);
        return headers(response);
    }

    private static SessionCookies cookies(String secure) {
        return new SessionCookies(SampleSettings.with(Map.of("FLEETMAN_COOKIE_SECURE", secure)));
    }

    private static List<Object> headers(Response.ResponseBuilder response) {
        return List.copyOf(response.build().getHeaders().get("Set-Cookie"));
    }
}
