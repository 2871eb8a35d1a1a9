/**
 * The product under everything that goes wrong at once: two nodes, many devices, continuous traffic, and faults in an order
 * that a seed decides ({@link com.fleetman.chaos.ChaosIT}, {@code mvn verify -Pchaos}). It is judged from outside: by what
 * devices were sent, by the public API, and by the rows.
 */
@NullMarked
package com.fleetman.chaos;

import org.jspecify.annotations.NullMarked;
