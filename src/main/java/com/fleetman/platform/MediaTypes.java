package com.fleetman.platform;

import java.util.regex.Pattern;

/** Whether the headers that choose formats can be read: RFC 9110, sections 8.3.1 and 12.5.1. */
final class MediaTypes {
    private static final String SPACE = "[ \\t]*+";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED =
            "\"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*+\"";
    private static final String WEIGHT = "[qQ]=(?:0(?:\\.\\d*+)?|\\.\\d++|1(?:\\.0*+)?)";
    private static final String OTHER = "(?![qQ]=)" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + ")";
    private static final String PARAMETERS =
            "(?:" + SPACE + ";" + SPACE + "(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?)*+";

    /** A lone asterisk is what the HTTP clients of old Java versions send. */
    private static final String RANGE =
            "(?:" + TOKEN + "/" + TOKEN + "|\\*)(?:" + SPACE + ";" + SPACE + "(?:" + WEIGHT + "|" + OTHER + ")?)*+";

    private static final Pattern ONE = Pattern.compile(SPACE + TOKEN + "/" + TOKEN + PARAMETERS + SPACE);
    private static final Pattern RANGES = Pattern.compile(
            SPACE + "(?:" + RANGE + ")?" + SPACE + "(?:," + SPACE + "(?:" + RANGE + ")?" + SPACE + ")*+");

    private MediaTypes() {}

    /** The value of a Content-Type header. */
    static boolean isType(String value) {
        return ONE.matcher(value).matches();
    }

    /** The value of an Accept header. */
    static boolean areRanges(String value) {
        return RANGES.matcher(value).matches();
    }
}
