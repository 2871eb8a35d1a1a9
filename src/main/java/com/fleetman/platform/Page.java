package com.fleetman.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: {@code {"items":[...],"nextCursor":null}}.
 *
 * @param nextCursor opaque, to be given back as {@code cursor} for the page after this one; null on the last page
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * The size of a page that a client asked for in the query.
     *
     * @throws Problem 400 {@code invalid_limit} unless it is absent or a whole number from 1 to the most allowed
     */
    public static int limit(@Nullable String text, Settings.Limits sizes) {
        if (text == null) {
            return sizes.pageSize();
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= sizes.pageSizeMost()) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words as a number out of range
        }
        throw Problem.badRequest("invalid_limit", "limit must be a whole number from 1 to " + sizes.pageSizeMost())
                .field("limit");
    }

    /**
     * Makes a page of rows that were queried with one more than the limit.
     *
     * @param rows at most one row more than the limit in list order
     * @param cursor the cursor that continues after a row
     */
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, Cursor> cursor, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? cursor.apply(shown.get(limit - 1)).encode() : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
