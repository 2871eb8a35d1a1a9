package com.fleetman.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fleetman.platform.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alarm as clients send it: all of it to make one, or what is to be another to change it. */
final class MaintenanceAlarmBody {
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_PARTS = 50;
    private static final int LONGEST_PART = 100;
    private static final int LONGEST_INTERVAL = 1_000_000;

    @JsonProperty
    private @Nullable String title;

    private @Nullable String description;
    private boolean describes;

    @JsonProperty
    private @Nullable List<@Nullable String> relatedParts;

    @JsonProperty
    private @Nullable Integer intervalHours;

    @JsonProperty
    private @Nullable BigDecimal accumulatedHours;

    @JsonProperty
    private @Nullable Boolean active;

    /** @param text null, said expressly, takes the description away */
    @JsonSetter("description")
    void describe(@Nullable String text) {
        description = text;
        describes = true;
    }

    /** @throws com.fleetman.platform.Problem 400 {@code validation_failed} */
    MaintenanceAlarm.Terms create() {
        var fields = new Fields();
        var terms = new MaintenanceAlarm.Terms(
                fields.trimmed("title", title, LONGEST_TITLE),
                description(fields),
                relatedParts == null ? List.of() : parts(fields, relatedParts),
                interval(fields, intervalHours),
                hours(fields, BigDecimal.ZERO),
                active == null || active);
        fields.check();
        return terms;
    }

    /**
     * What the alarm is with these changes; a field that is absent or null stays, but for the description.
     *
     * @throws com.fleetman.platform.Problem 400 {@code validation_failed}
     */
    MaintenanceAlarm.Terms change(MaintenanceAlarm.Terms known) {
        var fields = new Fields();
        var terms = new MaintenanceAlarm.Terms(
                title == null ? known.title() : fields.trimmed("title", title, LONGEST_TITLE),
                describes ? description(fields) : known.description(),
                relatedParts == null ? known.relatedParts() : parts(fields, relatedParts),
                intervalHours == null ? known.intervalHours() : interval(fields, intervalHours),
                hours(fields, known.accumulatedHours()),
                active == null ? known.active() : active);
        fields.check();
        return terms;
    }

    private @Nullable String description(Fields fields) {
        return fields.optional("description", description, LONGEST_DESCRIPTION).orElse(null);
    }

    private static List<String> parts(Fields fields, List<@Nullable String> sent) {
        var parts = new ArrayList<String>();
        if (sent.size() > MOST_PARTS) {
            fields.reject("relatedParts", "too_many", "relatedParts must be at most " + MOST_PARTS);
            return parts;
        }
        for (int i = 0; i < sent.size(); i++) {
            parts.add(fields.trimmed("relatedParts." + i, sent.get(i), LONGEST_PART));
        }
        return parts;
    }

    private static int interval(Fields fields, @Nullable Integer hours) {
        if (hours == null) {
            fields.reject("intervalHours", "required", "intervalHours is required");
            return 1;
        }
        if (hours < 1 || hours > LONGEST_INTERVAL) {
            fields.reject(
                    "intervalHours",
                    "out_of_range",
                    "intervalHours must be a whole number from 1 to " + LONGEST_INTERVAL);
        }
        return hours;
    }

    private BigDecimal hours(Fields fields, BigDecimal otherwise) {
        return accumulatedHours == null
                ? otherwise
                : Hours.check(fields, "accumulatedHours", accumulatedHours, Hours.MOST);
    }
}
