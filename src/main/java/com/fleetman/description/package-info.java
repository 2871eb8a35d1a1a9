/**
 * Describes the API for those who call it: OpenAPI 3.1 of the REST calls and AsyncAPI 3 of the stream's events. Both are
 * made by the build, from the sources themselves as the compiler understands them: paths and parameters from the
 * annotations, schemas from the records, texts from the Javadoc, and the error codes of a call from the code that it can
 * reach. So a new resource, record or event is described without a line here. It runs in the build only and is in no war.
 */
@NullMarked
package com.fleetman.description;

import org.jspecify.annotations.NullMarked;
