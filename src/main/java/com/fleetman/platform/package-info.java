/**
 * What every feature stands on and nothing of the product itself: settings, the JAX-RS application, JSON, problems,
 * the clock, schema migrations and readiness. It knows no other package of ours.
 */
@NullMarked
package com.fleetman.platform;

import org.jspecify.annotations.NullMarked;
