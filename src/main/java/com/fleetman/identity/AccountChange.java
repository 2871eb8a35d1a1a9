package com.fleetman.identity;

/** An account before and after an administrator changed it. */
public record AccountChange(AccountState before, AccountState after) {}
