@NullMarked
package com.fleetman.platform.traces;

import org.jspecify.annotations.NullMarked;
