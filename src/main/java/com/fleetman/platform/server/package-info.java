/**
 * What ties the application to a Jakarta EE server: the server's transactions, scheduler and data sources, found by
 * their standard names. Nothing imports this package and the war for Tomcat leaves it out.
 */
@NullMarked
package com.fleetman.platform.server;

import org.jspecify.annotations.NullMarked;
