package com.fleetman.identity;

/** Whether an account may be used. A deactivated one keeps its data and can be reactivated. */
enum UserStatus {
    ACTIVE,
    DEACTIVATED
}
