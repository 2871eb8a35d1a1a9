package com.fleetman.identity;

import java.util.UUID;

/** Somebody registered. Fired inside the registering transaction, after the account's row is written. */
public record UserRegistered(UUID userId) {}
