package com.fleetman.stream;

/** Why a stream ended, for the log and the metrics. */
enum CloseReason {
    /** The client went away, noticed at a failed write or told by the container. */
    CLIENT_GONE,
    /** The client took nothing for the stall limit. */
    STALLED,
    /** The token ran out, or its session ended. */
    EXPIRED,
    /** The user opened too many streams, and this was the oldest. */
    SUPERSEDED,
    /** An administrator closed it. */
    CLOSED_BY_ADMIN,
    /** The node is shutting down. */
    DRAINED,
    /** The stream could not be opened, or failed in a way that is our fault. */
    FAILED
}
