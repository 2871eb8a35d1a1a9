/**
 * Traces by OpenTelemetry, for who has set an endpoint to send them to. Everybody else has {@link
 * com.fleetman.platform.Tracing#OFF}, and then no class of the SDK is loaded: only {@link
 * com.fleetman.platform.traces.TracingSource} is a bean, and it names none of them before it needs one.
 */
@NullMarked
package com.fleetman.platform.traces;

import org.jspecify.annotations.NullMarked;
