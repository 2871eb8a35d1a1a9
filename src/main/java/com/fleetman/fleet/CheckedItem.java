package com.fleetman.fleet;

import com.fleetman.platform.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of a quick check, as it is stored and shown.
 *
 * @param note 1 to 500 characters, null for none
 */
record CheckedItem(String name, ItemResult result, @Nullable String note) {
    private static final int LONGEST_NOTE = 500;

    /** As it is sent. */
    record Body(
            @Nullable String name,
            @Nullable String result,
            @Nullable String note) {}

    /** The items, each checked for itself, with stand-ins where something was rejected. */
    static List<CheckedItem> check(Fields fields, @Nullable List<@Nullable Body> sent) {
        if (sent == null) {
            fields.reject("items", "required", "items is required");
            return List.of();
        }
        if (sent.size() > QuickCheckTemplate.MOST_ITEMS) {
            fields.reject("items", "too_many", "items must be at most " + QuickCheckTemplate.MOST_ITEMS);
            return List.of();
        }
        var items = new ArrayList<CheckedItem>();
        for (int i = 0; i < sent.size(); i++) {
            String field = "items." + i;
            Body item = sent.get(i);
            if (item == null) {
                fields.reject(field, "required", field + " is required");
                continue;
            }
            items.add(new CheckedItem(
                    fields.trimmed(field + ".name", item.name(), QuickCheckTemplate.LONGEST_NAME),
                    Coded.check(fields, field + ".result", item.result(), ItemResult.class),
                    fields.optional(field + ".note", item.note(), LONGEST_NOTE).orElse(null)));
        }
        return items;
    }

    static int count(List<CheckedItem> items, ItemResult result) {
        return (int) items.stream().filter(item -> item.result() == result).count();
    }
}
