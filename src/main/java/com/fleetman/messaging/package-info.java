/**
 * Conversations of two users: messages, read receipts, who is typing. A message, its notification, the summaries and
 * counts of both sides and the events for all their devices come to be in one transaction, or not at all.
 */
@NullMarked
package com.fleetman.messaging;

import org.jspecify.annotations.NullMarked;
