package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.testing.Account;
import com.fleetman.testing.Deployments;
import com.fleetman.testing.EventStream;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.List;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Wake-ups that are lost, doubled, late or plainly wrong cost time and nothing else. */
@InContainer
class FaultyBusIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.warWith(FaultyBus.class);
    }

    @Test
    void nothingIsLostDoubledOrOutOfOrder() {
        Account[] users = Account.friends(Node.first(), "Caos", "Calma");
        List<Long> expected = LongStream.rangeClosed(2, 401).boxed().toList();
        try (EventStream one = EventStream.open(users[1], "1").awaitConnected();
                EventStream two =
                        EventStream.open(users[1].onAnotherDevice(), "1").awaitConnected()) {
            for (int i = 0; i < 200; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
            for (EventStream device : List.of(one, two)) {
                device.awaitId(401);
                assertThat(device.ids()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aLogoutThatNobodyHeardOfStillEndsTheStream() {
        Account user = Account.register(Node.first(), "Sorda");
        for (int i = 0; i < 8; i++) {
            Account device = user.onAnotherDevice();
            try (EventStream stream = EventStream.open(device).awaitConnected()) {
                device.post("auth/logout", null).data();
                stream.awaitNamed("expired");
                stream.awaitEnd();
            }
        }
    }
}
