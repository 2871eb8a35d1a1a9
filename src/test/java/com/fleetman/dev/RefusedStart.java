package com.fleetman.dev;

/** Why the development run cannot start, in one sentence for the person who started it. */
final class RefusedStart extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedStart(String sentence) {
        super(oneLine(sentence), null, false, false);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
