package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import jakarta.ws.rs.core.Cookie;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {
    private static final Map<String, Cookie> COOKIE = Map.of(
            "fleetman_token", new Cookie.Builder("fleetman_token").value("c").build());

    @Test
    void headerWinsOverCookie() {
        assertThat(PresentedToken.in("Bearer h", COOKIE)).contains(new PresentedToken("h", false));
        assertThat(PresentedToken.in("bearer   h ", COOKIE)).contains(new PresentedToken("h", false));
        assertThat(PresentedToken.in(null, COOKIE)).contains(new PresentedToken("c", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic YTpi", "h", "Token h"})
    void aHeaderOfAnotherKindIsWrongEvenWithACookie(String header) {
        Problem problem = catchThrowableOfType(Problem.class, () -> PresentedToken.in(header, COOKIE));

        assertThat(problem.code()).isEqualTo("token_invalid");
    }

    @Test
    void thereMayBeNone() {
        assertThat(PresentedToken.in(null, Map.of())).isEmpty();
        assertThat(PresentedToken.in(
                        null,
                        Map.of(
                                "fleetman_token",
                                new Cookie.Builder("fleetman_token").value("").build())))
                .isEmpty();
    }
}
