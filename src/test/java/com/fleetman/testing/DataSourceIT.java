package com.fleetman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A data source that an operator has configured in the server is as good as the application's own connections. */
@InContainer
class DataSourceIT {
    @AfterEach
    void stop() {
        Node.second().stopIfRunning();
    }

    @Test
    void theApplicationWorksOnADataSourceOfTheServer() {
        assumeThat(Node.second().takesDataSource()).isTrue();
        Node.second().startOnDataSource();
        Account[] users = Account.friends(Node.second(), "Fuente", "Grifo");

        try (EventStream here = EventStream.open(users[1]).awaitConnected();
                EventStream there = EventStream.open(users[1].on(Node.first())).awaitConnected()) {
            for (int i = 0; i < 20; i++) {
                users[0].write(users[1], "mensaje " + i);
            }
            // Each is a contact, or a message and its notification.
            here.awaitId(41);
            there.awaitId(41);
        }
        assertThat(Rows.number("select count(*) from message where sender_id = '" + users[0].id() + "'"))
                .isEqualTo(20);
        assertThat(Rows.number("select count(*) from pg_stat_activity where application_name = 'fleetman node-2'"))
                .as("connections that the application has pooled itself")
                .isZero();
    }

    @Test
    void whatIsRolledBackThereIsNeverSeen() {
        assumeThat(Node.second().takesDataSource()).isTrue();
        Node.second().startOnDataSource();
        Account[] users = Account.friends(Node.second(), "Olvido", "Memoria");
        Account stranger = Account.register(Node.second(), "Ajena");

        assertThat(stranger.post("messages", Map.of("recipientId", users[1].id(), "content", "hola"))
                        .problem())
                .startsWith("403 ");

        assertThat(Rows.number("select count(*) from user_event where user_id = '" + users[1].id() + "'"))
                .as("events: the contact only")
                .isEqualTo(1);
    }
}
