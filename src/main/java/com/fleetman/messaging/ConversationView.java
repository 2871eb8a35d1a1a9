package com.fleetman.messaging;

import com.fleetman.identity.PublicProfile;
import java.time.Instant;
import java.util.UUID;

/** A conversation in the list of one of its users. */
record ConversationView(
        UUID conversationWith,
        PublicProfile user,
        MessageView lastMessage,
        Instant lastActivityAt,
        int unreadCount,
        boolean isContact,
        boolean isBlocked,
        boolean isAccepted) {}
