/**
 * Who somebody is: accounts, passwords, sign-in, access and refresh tokens, sessions and discovery. It promises that a
 * request reaches a resource only with a live session of an active user, as a {@link com.fleetman.identity.Caller}, and
 * that the end of a session is told as {@link com.fleetman.identity.SessionsEnded}. Every feature may call it; it knows
 * only the platform.
 */
@NullMarked
package com.fleetman.identity;

import org.jspecify.annotations.NullMarked;
