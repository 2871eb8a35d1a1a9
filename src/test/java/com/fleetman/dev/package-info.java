/**
 * The development run, {@code mvn -Prun}: the exploded war on an embedded Tomcat with an embedded PostgreSQL and demo
 * accounts, started and stopped by one command. It is compiled apart from the tests and is in no war; nothing of the
 * application knows it.
 */
@NullMarked
package com.fleetman.dev;

import org.jspecify.annotations.NullMarked;
