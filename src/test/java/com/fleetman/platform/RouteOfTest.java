package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class RouteOfTest {
    @Path("/machines/")
    @SuppressWarnings("UnusedMethod") // only their paths matter
    private static final class Machines {
        @Path("{id}/quick-checks")
        void checks() {
            // only its path matters
        }

        void all() {
            // only its class's path matters
        }
    }

    @Test
    void joinsTheTemplatesOfClassAndMethod() throws NoSuchMethodException {
        assertThat(RouteOf.route(Machines.class, Machines.class.getDeclaredMethod("checks")))
                .isEqualTo("/machines/{id}/quick-checks");
        assertThat(RouteOf.route(Machines.class, Machines.class.getDeclaredMethod("all")))
                .isEqualTo("/machines");
        assertThat(RouteOf.route(null, null)).isEqualTo("/");
    }
}
