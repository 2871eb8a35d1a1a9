package com.fleetman.stream;

/**
 * What a user has not read yet, absolute and authoritative as of the event that carries it.
 *
 * @param notifications unread notifications that are not archived
 * @param messages unread messages over all conversations
 */
public record Counts(int notifications, int messages) {}
