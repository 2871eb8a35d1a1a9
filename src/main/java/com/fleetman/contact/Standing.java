package com.fleetman.contact;

/**
 * How one user stands to another by their own decision.
 *
 * @param accepted has accepted a chat from somebody who is no contact
 */
public record Standing(boolean contact, boolean blocked, boolean accepted) {
    static final Standing NONE = new Standing(false, false, false);
}
