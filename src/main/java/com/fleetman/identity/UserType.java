package com.fleetman.identity;

/** What somebody does in FleetMan. Only {@code CLIENT} and {@code PROVIDER} can register themselves. */
public enum UserType {
    CLIENT,
    PROVIDER,
    ADMIN
}
