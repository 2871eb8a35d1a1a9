package com.fleetman.identity;

/** An account to be made, with every field already checked and normalised. */
record NewAccount(String email, UserType type, String companyName, String locale) {}
