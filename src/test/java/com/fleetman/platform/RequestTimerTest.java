package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class RequestTimerTest {
    private static HttpServletResponse response(int status, boolean committed) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                RequestTimerTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getStatus" -> status;
                    case "isCommitted" -> committed;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void whatFailsBeforeItsAnswerIsAFailureOfTheServer() {
        assertThat(RequestTimer.status(false, response(200, false))).isEqualTo(500);
        assertThat(RequestTimer.status(true, response(503, true))).isEqualTo(503);
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfItsAnswerIsNone() {
        assertThat(RequestTimer.status(false, response(200, true))).isEqualTo(200);
    }
}
