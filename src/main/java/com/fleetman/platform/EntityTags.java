package com.fleetman.platform;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110 section 8.8.3) of what has a version, {@code "7"}, and the two headers by which a client says
 * which version it knows. The same on every container, which {@link jakarta.ws.rs.core.Request} is not.
 */
public final class EntityTags {
    private static final String ANY = "*";
    private static final String WEAK = "W/";
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\\x00-\\x20\"\\x7f]*\"");

    private EntityTags() {}

    /** What {@code ETag} says of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** All lines of a header of the request in one text; null if it was not sent. */
    public static @Nullable String sent(HttpHeaders headers, String name) {
        List<String> lines = headers.getRequestHeader(name);
        return lines == null || lines.isEmpty() ? null : String.join(",", lines);
    }

    /**
     * Checks that a change is meant for this version: by the strong comparison, for which no weak tag is equal to another
     * (RFC 9110 section 13.1.1).
     *
     * @param ifMatch as it was sent, null if it was not
     * @throws Problem 428 {@code precondition_required} without it, 412 {@code version_conflict} if it names other
     *     versions only, 400 {@code invalid_header}
     */
    public static void require(@Nullable String ifMatch, long version) {
        if (ifMatch == null) {
            throw Problem.of(
                    428, "precondition_required", "If-Match must name the ETag of the version that is to be changed");
        }
        if (!isAny(ifMatch) && !parse(HttpHeaders.IF_MATCH, ifMatch).contains(of(version))) {
            throw Problem.of(412, "version_conflict", "it was changed meanwhile; read it again");
        }
    }

    /**
     * Whether the client has this version already: by the weak comparison (RFC 9110 section 13.1.2).
     *
     * @param ifNoneMatch as it was sent, null if it was not
     * @throws Problem 400 {@code invalid_header}
     */
    public static boolean isKnown(@Nullable String ifNoneMatch, long version) {
        return ifNoneMatch != null
                && (isAny(ifNoneMatch)
                        || parse(HttpHeaders.IF_NONE_MATCH, ifNoneMatch).stream()
                                .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
                                .anyMatch(of(version)::equals));
    }

    private static boolean isAny(String header) {
        return header.strip().equals(ANY);
    }

    /** A list as of RFC 9110 section 5.6.1: with commas, which may stand in a tag too, and perhaps empty elements. */
    private static List<String> parse(String header, String text) {
        var tags = new ArrayList<String>();
        Matcher tag = TAG.matcher(text);
        boolean separated = true;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                separated |= c == ',';
                at++;
            } else if (separated && tag.region(at, text.length()).lookingAt()) {
                tags.add(tag.group());
                separated = false;
                at = tag.end();
            } else {
                throw invalid(header);
            }
        }
        if (tags.isEmpty()) {
            throw invalid(header);
        }
        return tags;
    }

    private static Problem invalid(String header) {
        return Problem.badRequest("invalid_header", header + " must be * or a list of entity tags in double quotes")
                .field(header);
    }
}
