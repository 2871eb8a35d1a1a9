package com.fleetman.fleet;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** What the quick checks of a machine look at, in this order. */
@Entity
@Table(name = "quick_check_template")
class QuickCheckTemplate {
    static final int MOST_ITEMS = 50;
    static final int LONGEST_NAME = 100;

    @Id
    @Column(name = "machine_id")
    private UUID machineId;

    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "items")
    private String items;

    @Column(name = "updated_by")
    private UUID updatedBy;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected QuickCheckTemplate() {}

    QuickCheckTemplate(UUID machineId, List<String> names, UUID by, Instant now) {
        this.machineId = machineId;
        this.items = Json.write(names);
        this.updatedBy = by;
        this.updatedAt = now;
    }

    /** As it is sent. */
    record Body(@Nullable List<@Nullable Item> items) {
        record Item(@Nullable String name) {}

        /** @throws com.fleetman.platform.Problem 400 {@code validation_failed} */
        List<String> names() {
            var fields = new Fields();
            List<String> names = names(fields);
            fields.check();
            return names;
        }

        private List<String> names(Fields fields) {
            var names = new ArrayList<String>();
            if (items == null) {
                fields.reject("items", "required", "items is required");
                return names;
            }
            if (items.isEmpty() || items.size() > MOST_ITEMS) {
                fields.reject("items", items.isEmpty() ? "too_few" : "too_many", "items must be 1 to " + MOST_ITEMS);
                return names;
            }
            var known = new HashSet<String>();
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                String field = "items." + i + ".name";
                String name = fields.trimmed(field, item == null ? null : item.name(), LONGEST_NAME);
                if (!name.isEmpty() && !known.add(name.toLowerCase(Locale.ROOT))) {
                    fields.reject(field, "duplicate_item", field + " repeats " + name);
                }
                names.add(name);
            }
            return names;
        }
    }

    List<String> names() {
        return List.of(Json.read(items, String[].class));
    }

    void change(List<String> names, UUID by, Instant now) {
        items = Json.write(names);
        updatedBy = by;
        updatedAt = now;
    }

    /** The items in the order of the template; those that are not exactly its own are rejected. */
    static List<CheckedItem> inOrder(Fields fields, List<String> names, List<CheckedItem> items) {
        var byName = new HashMap<String, CheckedItem>();
        for (int i = 0; i < items.size(); i++) {
            CheckedItem item = items.get(i);
            String field = "items." + i + ".name";
            if (!names.contains(item.name())) {
                fields.reject(field, "unknown_item", field + " is not in the template");
            } else if (byName.putIfAbsent(item.name(), item) != null) {
                fields.reject(field, "duplicate_item", field + " repeats " + item.name());
            }
        }
        List<String> missing =
                names.stream().filter(name -> !byName.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            fields.reject("items", "missing_item", "items must have " + String.join(", ", missing));
        }
        return names.stream()
                .flatMap(name -> Stream.ofNullable(byName.get(name)))
                .toList();
    }

    QuickCheckTemplateView view() {
        return new QuickCheckTemplateView(
                machineId,
                names().stream().map(QuickCheckTemplateView.Item::new).toList(),
                updatedBy,
                updatedAt);
    }
}
