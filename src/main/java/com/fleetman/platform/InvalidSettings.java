package com.fleetman.platform;

/** A setting is missing or wrong. The message is one sentence that names the setting and says what it takes. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettings(String message) {
        super(message);
    }
}
