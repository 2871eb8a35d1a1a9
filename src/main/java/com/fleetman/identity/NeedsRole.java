package com.fleetman.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Only accounts with this role may call. Not Jakarta's RolesAllowed: servers that know it ask their own user registry,
 * which knows none of our accounts.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface NeedsRole {
    /** The role, {@code ADMIN}. */
    String value();
}
