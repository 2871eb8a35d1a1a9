/**
 * What Tomcat lacks and a Jakarta EE server has: transactions for CDI, {@code @PersistenceContext}, the data source and
 * the scheduled executor. Nothing imports this package; Tomcat and Weld find its classes through {@code
 * META-INF/context.xml} and {@code META-INF/services}, so it can be left out of the war for EE servers.
 */
@NullMarked
package com.fleetman.platform.tomcat;

import org.jspecify.annotations.NullMarked;
