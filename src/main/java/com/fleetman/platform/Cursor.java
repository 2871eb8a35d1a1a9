package com.fleetman.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a keyset-paged list goes on: the sort key of the last row seen, as an opaque base64url text to the client.
 *
 * @param kind the list it belongs to, so that a cursor of one list is refused by another
 */
public record Cursor(String kind, List<String> keys) {
    private static final char SEPARATOR = '\n';
    private static final int LONGEST = 2_048;

    public static Cursor of(String kind, Object... keys) {
        return new Cursor(
                kind, java.util.Arrays.stream(keys).map(String::valueOf).toList());
    }

    public String encode() {
        String text = kind + SEPARATOR + String.join(String.valueOf(SEPARATOR), keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param text what the client sent, or null for the first page
     * @param size how many keys a cursor of this kind has
     * @throws Problem 400 {@code invalid_cursor} if it is not a cursor of this kind
     */
    public static Optional<Cursor> parse(String kind, int size, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() <= LONGEST) {
            try {
                String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                List<String> parts = List.of(decoded.split(String.valueOf(SEPARATOR), -1));
                if (parts.size() == size + 1 && parts.get(0).equals(kind) && decoded.indexOf('\0') < 0) {
                    return Optional.of(new Cursor(kind, parts.subList(1, parts.size())));
                }
            } catch (IllegalArgumentException e) {
                // not base64url: refused below like any other wrong cursor
            }
        }
        throw invalid();
    }

    public String text(int index) {
        return keys.get(index);
    }

    /** A number of at least 0; no list is sorted by less. */
    public long number(int index) {
        try {
            long number = Long.parseLong(keys.get(index));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below like any other wrong cursor
        }
        throw invalid();
    }

    public UUID id(int index) {
        try {
            return UUID.fromString(keys.get(index));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return Problem.badRequest("invalid_cursor", "cursor must be a nextCursor of this list")
                .field("cursor");
    }
}
