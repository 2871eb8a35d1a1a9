/** That the descriptions of the API are complete and true: read by themselves, and against the running server. */
@NullMarked
package com.fleetman.description;

import org.jspecify.annotations.NullMarked;
