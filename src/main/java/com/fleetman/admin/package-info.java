/**
 * What administrators do to the accounts and data of others. It may use every feature, and no feature may use it; each
 * resource is for the role {@code ADMIN} only.
 */
@NullMarked
package com.fleetman.admin;

import org.jspecify.annotations.NullMarked;
